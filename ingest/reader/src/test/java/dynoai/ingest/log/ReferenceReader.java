package dynoai.ingest.log;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogClock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import dynoai.schemas.run.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log by the specification's rules, written a second time as plainly as possible. What the real reader gives must
 * equal this, bit for bit; where both differ, the specification decides which one is wrong.
 */
final class ReferenceReader {
    static final int LONGEST_LINE = 1 << 20;
    static final int MOST_COLUMNS = 4096;
    private static final double STOICHIOMETRIC = 14.57;
    /** First bytes of files of other programs. */
    private static final List<String> UNREAD = List.of(
            "MLVLG",
            "%DataLog",
            "PK\u0003\u0004",
            "\u00D0\u00CF\u0011\u00E0",
            "\u001F\u008B",
            "7z\u00BC",
            "Rar!",
            "MDF     ",
            "%PDF-");

    private final AnalysisOptions options;
    private final boolean replay;
    private ReferenceColumns columns;
    private @Nullable ReferenceQuantities quantities;
    private boolean hits;
    private double highestKpa = Double.NEGATIVE_INFINITY;

    private ReferenceReader(AnalysisOptions options) {
        this.options = options;
        this.replay = options.mathVersion().isReplay();
    }

    /**
     * What a log is.
     *
     * @param rejections every reason to reject it; empty if it is read
     * @param columns null where there is no readable header
     * @param rows processed rows in file order, by channel ordinal, NaN where absent
     */
    record Result(
            Set<FailureCode> rejections,
            String encoding,
            ReferenceColumns columns,
            ReferenceLayout layout,
            boolean hits,
            long rowsRead,
            long unreadable,
            List<double[]> rows) {
        boolean isRejected() {
            return !rejections.isEmpty();
        }
    }

    static Result read(byte[] bytes, AnalysisOptions options) {
        return new ReferenceReader(options).read(bytes);
    }

    private Result read(byte[] bytes) {
        Set<FailureCode> rejections = EnumSet.noneOf(FailureCode.class);
        ReferenceText.Decoded decoded = ReferenceText.decode(bytes);
        if (decoded.text().indexOf('\0') >= 0) {
            rejections.add(FailureCode.NOT_TEXT);
        }
        String start = new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.ISO_8859_1);
        if (UNREAD.stream().anyMatch(start::startsWith)) {
            rejections.add(FailureCode.UNREAD_FORMAT);
        }
        if (hasLongLine(ReferenceText.textBytes(bytes))) {
            rejections.add(FailureCode.LINE_TOO_LONG);
        }
        ReferenceLayout layout = ReferenceLayout.of(ReferenceText.lines(decoded.text()), replay);
        if (layout.rows().isEmpty()) {
            rejections.add(FailureCode.EMPTY_LOG);
        }
        if (layout.headerLine() == null) {
            return new Result(rejections, decoded.encoding(), null, layout, false, 0, 0, List.of());
        }
        List<String> headers = layout.headers();
        if (headers.size() > MOST_COLUMNS) {
            rejections.add(FailureCode.TOO_MANY_COLUMNS);
            return new Result(rejections, decoded.encoding(), null, layout, false, 0, 0, List.of());
        }
        List<double[]> cells = new ArrayList<>();
        for (List<String> row : layout.rows()) {
            cells.add(numbers(row, headers.size(), layout.delimiter() == ';' && !replay));
        }
        columns = new ReferenceColumns(ReferenceColumns.format(layout.headerLine()), headers);
        if (replay) {
            new ReferenceReplaySearch(columns).run();
        } else {
            quantities = new ReferenceQuantities(headers, layout.units(), cells);
            new ReferenceSearch(columns, layout.units(), quantities::hasValidAfr).run(options.columns());
        }
        hits = !replay && weighsByHits(cells);
        if (!columns.has(Channel.RPM)
                || !columns.has(Channel.MAP_KPA)
                || columns.missing
                || !hits && !columns.has(Channel.TORQUE_FTLB) && !columns.has(Channel.POWER_HP)) {
            rejections.add(FailureCode.MISSING_COLUMNS);
            return new Result(rejections, decoded.encoding(), columns, layout, hits, 0, 0, List.of());
        }
        double timeDivisor = timeDivisor(cells);
        if (!replay && isSparse(cells)) {
            fill(cells, timeDivisor);
        }
        List<double[]> rows = rows(cells, timeDivisor);
        if (isUnitSuspect()) {
            rejections.add(FailureCode.UNIT_SUSPECT);
        }
        return new Result(
                rejections, decoded.encoding(), columns, layout, hits, cells.size(), cells.size() - rows.size(), rows);
    }

    private static double[] numbers(List<String> cells, int count, boolean decimalComma) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i < cells.size() ? ReferenceText.number(cells.get(i), decimalComma) : Double.NaN;
        }
        return numbers;
    }

    private boolean weighsByHits(List<double[]> cells) {
        return options.weighsByHits()
                || !isAboveZero(Channel.TORQUE_FTLB, cells) && !isAboveZero(Channel.POWER_HP, cells);
    }

    private boolean isAboveZero(Channel channel, List<double[]> cells) {
        return columns.has(channel) && cells.stream().anyMatch(row -> row[columns.found.get(channel)] > 0);
    }

    /** What a cell of the time column is divided by. */
    private double timeDivisor(List<double[]> cells) {
        String header = columns.header(Channel.TIME_SECONDS).toLowerCase(Locale.ROOT);
        if (header.matches(".*(^|[^a-z])(ms|msec|millisec[a-z]*)($|[^a-z]).*")) {
            return 1000.0;
        }
        if (replay || !columns.has(Channel.TIME_SECONDS)) {
            return 1;
        }
        String unit = columns.unit(Channel.TIME_SECONDS);
        if (unit != null) {
            return unit.equals("ms") ? 1000.0 : 1;
        }
        int time = columns.found.get(Channel.TIME_SECONDS);
        List<Double> steps = new ArrayList<>();
        double last = Double.NaN;
        for (double[] row : cells) {
            if (!Double.isNaN(row[time]) && !Double.isNaN(last)) {
                steps.add(row[time] - last);
            }
            last = Double.isNaN(row[time]) ? last : row[time];
        }
        steps.sort(null);
        if (cells.size() <= 20 || steps.isEmpty()) {
            return 1;
        }
        int half = steps.size() / 2;
        double median = steps.size() % 2 == 1 ? steps.get(half) : (steps.get(half - 1) + steps.get(half)) / 2;
        return median > 5 ? 1000.0 : 1;
    }

    /** Columns of which one at least must have a value in a complete row: engine speed, MAP, load, and the AFR of a cylinder. */
    private List<List<Integer>> needed() {
        List<List<Integer>> needed = new ArrayList<>();
        needed.add(columnsOf(List.of(Channel.RPM), List.of()));
        needed.add(columnsOf(List.of(Channel.MAP_KPA), List.of()));
        if (!options.weighsByHits()) {
            needed.add(columnsOf(List.of(Channel.TORQUE_FTLB, Channel.POWER_HP), List.of()));
        }
        for (Cylinder cylinder : Cylinder.values()) {
            List<Integer> lambdas = cylinder == Cylinder.FRONT ? columns.frontLambdas : columns.rearLambdas;
            List<Integer> measured = columnsOf(List.of(Channel.measuredAfr(cylinder)), lambdas);
            if (!measured.isEmpty()) {
                needed.add(measured);
                needed.add(columnsOf(List.of(Channel.commandedAfr(cylinder)), columns.targets(cylinder)));
                break;
            }
        }
        needed.removeIf(List::isEmpty);
        return needed;
    }

    private List<Integer> columnsOf(List<Channel> channels, List<Integer> more) {
        List<Integer> all = new ArrayList<>(more);
        channels.stream().filter(columns::has).map(columns.found::get).forEach(all::add);
        return all;
    }

    private boolean isSparse(List<double[]> cells) {
        List<List<Integer>> needed = needed();
        long complete = cells.stream()
                .filter(row -> needed.stream().allMatch(group -> hasValue(group, row)))
                .count();
        return complete * 20 < cells.size()
                && needed.stream().allMatch(group -> cells.stream().anyMatch(row -> hasValue(group, row)));
    }

    private static boolean hasValue(List<Integer> group, double[] row) {
        return group.stream().anyMatch(column -> !Double.isNaN(row[column]));
    }

    private void fill(List<double[]> cells, double timeDivisor) {
        double[] times = new double[cells.size()];
        LogClock clock = new LogClock();
        for (int i = 0; i < times.length; i++) {
            boolean timed = columns.has(Channel.TIME_SECONDS);
            times[i] = clock.advance(
                    timed ? cells.get(i)[columns.found.get(Channel.TIME_SECONDS)] / timeDivisor : Double.NaN);
        }
        for (int column = 0; column < columns.headers.size(); column++) {
            if (columns.has(Channel.TIME_SECONDS) && columns.found.get(Channel.TIME_SECONDS) == column) {
                continue;
            }
            int last = -1;
            for (int i = 0; i < times.length; i++) {
                if (!Double.isNaN(cells.get(i)[column])) {
                    last = i;
                } else if (last >= 0 && times[i] - times[last] <= 0.5 + 1e-9) {
                    cells.get(i)[column] = cells.get(last)[column];
                }
            }
        }
    }

    private List<double[]> rows(List<double[]> cells, double timeDivisor) {
        boolean thousands = isRpmInThousands(cells);
        List<double[]> rows = new ArrayList<>();
        for (double[] row : cells) {
            double[] values = converted(row, thousands, timeDivisor);
            if (!isProcessed(values)) {
                continue;
            }
            highestKpa = Math.max(highestKpa, values[Channel.MAP_KPA.ordinal()]);
            if (!replay) {
                standInLambdas(row, values);
            } else if (!ReferenceColumns.isReadAsWinpep(columns.format)) {
                standInReplayLambdas(row, values);
            }
            fillTargets(values);
            rows.add(values);
        }
        return rows;
    }

    /** Returns the values of a row by channel, in the channels' units. */
    private double[] converted(double[] row, boolean thousands, double timeDivisor) {
        double[] values = new double[Channel.COUNT];
        for (Channel channel : Channel.values()) {
            values[channel.ordinal()] = columns.has(channel) ? row[columns.found.get(channel)] : Double.NaN;
        }
        if (thousands) {
            values[Channel.RPM.ordinal()] *= 1000.0;
        }
        values[Channel.MAP_KPA.ordinal()] *= mapFactor();
        if (isCelsius(Channel.IAT_FAHRENHEIT, options.text(Option.IAT_UNIT))) {
            values[Channel.IAT_FAHRENHEIT.ordinal()] = values[Channel.IAT_FAHRENHEIT.ordinal()] * 9.0 / 5.0 + 32.0;
        }
        if (isCelsius(Channel.COOLANT_FAHRENHEIT, null)) {
            values[Channel.COOLANT_FAHRENHEIT.ordinal()] =
                    values[Channel.COOLANT_FAHRENHEIT.ordinal()] * 9.0 / 5.0 + 32.0;
        }
        if (timeDivisor != 1) {
            values[Channel.TIME_SECONDS.ordinal()] /= timeDivisor;
        }
        if ("Nm".equals(columns.unit(Channel.TORQUE_FTLB))) {
            values[Channel.TORQUE_FTLB.ordinal()] *= 0.7375621493;
        }
        if ("kW".equals(columns.unit(Channel.POWER_HP))) {
            values[Channel.POWER_HP.ordinal()] *= 1.3410220896;
        }
        if ("PS".equals(columns.unit(Channel.POWER_HP))) {
            values[Channel.POWER_HP.ordinal()] *= 0.9863200706;
        }
        deriveTorque(values);
        return values;
    }

    private boolean isProcessed(double[] values) {
        return !Double.isNaN(values[Channel.RPM.ordinal()])
                && !Double.isNaN(values[Channel.MAP_KPA.ordinal()])
                && (hits || !Double.isNaN(values[Channel.TORQUE_FTLB.ordinal()]));
    }

    private double mapFactor() {
        String given = options.text(Option.MAP_UNIT);
        String stated = columns.unit(Channel.MAP_KPA);
        switch (given != null ? given : stated == null ? "kpa" : stated.toLowerCase(Locale.ROOT)) {
            case "inhg":
                return 3.38639;
            case "bar":
                return 100;
            case "mbar":
                return 0.1;
            case "psi":
                return 6.894757;
            case "mmhg":
                return 0.133322;
            default:
                return 1;
        }
    }

    private boolean isCelsius(Channel channel, @Nullable String given) {
        return given != null ? given.equals("c") : "C".equals(columns.unit(channel));
    }

    private static void deriveTorque(double[] values) {
        double torque = values[Channel.TORQUE_FTLB.ordinal()];
        double hp = values[Channel.POWER_HP.ordinal()];
        double rpm = values[Channel.RPM.ordinal()];
        if (Double.isNaN(torque) && !Double.isNaN(hp) && rpm > 0) {
            values[Channel.TORQUE_FTLB.ordinal()] = hp * 5252.0 / rpm;
        }
    }

    private void standInLambdas(double[] row, double[] values) {
        for (Cylinder cylinder : Cylinder.values()) {
            Channel commanded = Channel.commandedAfr(cylinder);
            List<Integer> targets = columns.targets(cylinder);
            values[commanded.ordinal()] = orLambda(afr(commanded, targets, row), first(commanded, targets), row);
        }
        List<Integer> fronts = first(Channel.MEASURED_AFR_FRONT, columns.frontLambdas);
        List<Integer> rears = first(Channel.MEASURED_AFR_REAR, columns.rearLambdas);
        double front = orLambda(afr(Channel.MEASURED_AFR_FRONT, columns.frontLambdas, row), fronts, row);
        values[Channel.MEASURED_AFR_FRONT.ordinal()] = front;
        double rear;
        if (columns.hasRearAfr()) {
            rear = orLambda(
                    afr(Channel.MEASURED_AFR_REAR, columns.rearLambdas, row),
                    rears.isEmpty() && columns.rearTakesFront() ? fronts : rears,
                    row);
        } else if (rears.isEmpty()) {
            rear = columns.rearTakesFront() ? front : Double.NaN;
        } else {
            List<Integer> lambdas = new ArrayList<>(rears);
            if (columns.rearTakesFront()) {
                lambdas.addAll(fronts);
            }
            boolean isLambda = columns.rearLambdas.contains(columns.found.get(Channel.MEASURED_AFR_REAR));
            double afr = isLambda ? afr(Channel.MEASURED_AFR_REAR, columns.rearLambdas, row) : Double.NaN;
            rear = orLambda(afr, lambdas, row);
        }
        values[Channel.MEASURED_AFR_REAR.ordinal()] = rear;
    }

    /** Returns the AFR of a channel's column; NaN if it is one of the lambdas. */
    private double afr(Channel channel, List<Integer> lambdas, double[] row) {
        Integer column = columns.found.get(channel);
        return column == null || lambdas.contains(column) && quantities.holdsLambda(column)
                ? Double.NaN
                : quantities.afr(row, column);
    }

    /** Returns the lambdas, the one that serves the channel first. */
    private List<Integer> first(Channel channel, List<Integer> lambdas) {
        List<Integer> ordered = new ArrayList<>(lambdas);
        Integer column = columns.found.get(channel);
        if (ordered.remove(column)) {
            ordered.add(0, column);
        }
        return ordered;
    }

    private void standInReplayLambdas(double[] row, double[] values) {
        double commanded = orLambda(values[Channel.COMMANDED_AFR_FRONT.ordinal()], columns.targetLambdas, row);
        values[Channel.COMMANDED_AFR_FRONT.ordinal()] = commanded;
        values[Channel.COMMANDED_AFR_REAR.ordinal()] = commanded;
        double front = orLambda(values[Channel.MEASURED_AFR_FRONT.ordinal()], columns.frontLambdas, row);
        values[Channel.MEASURED_AFR_FRONT.ordinal()] = front;
        values[Channel.MEASURED_AFR_REAR.ordinal()] = front;
    }

    private double orLambda(double afr, List<Integer> lambdas, double[] row) {
        if (isValidAfr(afr)) {
            return afr;
        }
        for (int column : lambdas) {
            if (quantities != null && !quantities.holdsLambda(column) && isValidAfr(quantities.afr(row, column))) {
                return quantities.afr(row, column);
            }
            if (row[column] >= 0.6 && row[column] <= 1.3) {
                return row[column] * STOICHIOMETRIC;
            }
        }
        return afr;
    }

    private void fillTargets(double[] values) {
        if (!options.fillsAfrTargets()) {
            return;
        }
        double kpa = values[Channel.MAP_KPA.ordinal()];
        double target = kpa < 50 ? 14.7 : kpa < 70 ? 13.8 : kpa <= 85 ? 13.2 : 12.2;
        for (Channel commanded : List.of(Channel.COMMANDED_AFR_FRONT, Channel.COMMANDED_AFR_REAR)) {
            if (Double.isNaN(values[commanded.ordinal()])) {
                values[commanded.ordinal()] = target;
            }
        }
    }

    private boolean isRpmInThousands(List<double[]> cells) {
        if (replay) {
            return false;
        }
        int rpm = columns.found.get(Channel.RPM);
        int kpa = columns.found.get(Channel.MAP_KPA);
        double highest = cells.stream()
                .filter(row -> !Double.isNaN(row[rpm]) && !Double.isNaN(row[kpa]))
                .mapToDouble(row -> row[rpm])
                .max()
                .orElse(0);
        return highest > 0 && highest < 30;
    }

    private boolean isUnitSuspect() {
        String unit = columns.unit(Channel.MAP_KPA);
        return !replay
                && options.text(Option.MAP_UNIT) == null
                && (unit == null || !List.of("bar", "mbar", "psi", "inHg").contains(unit))
                && highestKpa != Double.NEGATIVE_INFINITY
                && highestKpa < 32;
    }

    static boolean isValidAfr(double afr) {
        return afr >= 9 && afr <= 18 && Math.abs(afr - 5.1) > 1e-6;
    }

    private static boolean hasLongLine(byte[] bytes) {
        int length = 0;
        for (byte b : bytes) {
            length = b == '\n' || b == '\r' ? 0 : length + 1;
            if (length > LONGEST_LINE) {
                return true;
            }
        }
        return false;
    }
}
