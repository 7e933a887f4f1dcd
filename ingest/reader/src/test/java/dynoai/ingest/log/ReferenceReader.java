package dynoai.ingest.log;

import dynoai.schemas.log.Channel;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import dynoai.schemas.run.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
    private boolean decimalComma;

    private ReferenceReader(AnalysisOptions options) {
        this.options = options;
        this.replay = options.mathVersion().isReplay();
    }

    /**
     * What a log is.
     *
     * @param rejections every reason to reject it; empty if it is read
     * @param header null where there is no text
     * @param columns null where there is no readable header
     * @param rows processed rows in file order, by channel ordinal, NaN where absent
     */
    record Result(
            Set<FailureCode> rejections,
            String encoding,
            ReferenceHeader header,
            ReferenceColumns columns,
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
        byte[] text = ReferenceText.textBytes(bytes);
        for (byte b : text) {
            if (b == 0) {
                rejections.add(FailureCode.NOT_TEXT);
                break;
            }
        }
        String start = new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.ISO_8859_1);
        if (UNREAD.stream().anyMatch(start::startsWith)) {
            rejections.add(FailureCode.UNREAD_FORMAT);
        }
        if (hasLongLine(text)) {
            rejections.add(FailureCode.LINE_TOO_LONG);
        }
        ReferenceText.Decoded decoded = ReferenceText.decode(bytes);
        List<String> lines = ReferenceText.lines(decoded.text());
        if (lines.isEmpty()) {
            rejections.add(FailureCode.EMPTY_LOG);
            return new Result(rejections, decoded.encoding(), null, null, 0, 0, List.of());
        }
        ReferenceHeader header =
                replay ? ReferenceHeader.first(lines) : ReferenceHeader.find(lines, ReferenceColumns::isEngineSpeed);
        if (header.rows.isEmpty()) {
            rejections.add(FailureCode.EMPTY_LOG);
        }
        decimalComma = header.delimiter == ';' && !replay;
        List<String> headers = header.headers;
        if (headers.size() > MOST_COLUMNS) {
            rejections.add(FailureCode.TOO_MANY_COLUMNS);
            return new Result(rejections, decoded.encoding(), header, null, 0, 0, List.of());
        }
        List<double[]> cells = new ArrayList<>();
        for (List<String> row : header.rows) {
            cells.add(numbers(row, headers.size()));
        }
        columns = new ReferenceColumns(
                header.headerLine, headers, replay, column -> cells.stream().anyMatch(row -> isValidAfr(row[column])));
        if (!columns.has(Channel.RPM)
                || !columns.has(Channel.MAP_KPA)
                || !columns.has(Channel.TORQUE_FTLB) && !columns.has(Channel.POWER_HP)) {
            rejections.add(FailureCode.MISSING_COLUMNS);
            return new Result(rejections, decoded.encoding(), header, columns, 0, 0, List.of());
        }
        List<double[]> rows = rows(cells);
        if (isUnitSuspect(rows)) {
            rejections.add(FailureCode.UNIT_SUSPECT);
        }
        return new Result(
                rejections, decoded.encoding(), header, columns, cells.size(), cells.size() - rows.size(), rows);
    }

    private double[] numbers(List<String> cells, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i < cells.size() ? ReferenceText.number(cells.get(i), decimalComma) : Double.NaN;
        }
        return numbers;
    }

    private List<double[]> rows(List<double[]> cells) {
        boolean thousands = isRpmInThousands(cells);
        boolean inHg = isMapInInHg();
        boolean celsius = isIatInCelsius();
        boolean milliseconds =
                columns.header(Channel.TIME_SECONDS).matches(".*(^|[^a-z])(ms|msec|millisec[a-z]*)($|[^a-z]).*");
        List<double[]> rows = new ArrayList<>();
        for (double[] row : cells) {
            double[] values = new double[Channel.COUNT];
            for (Channel channel : Channel.values()) {
                values[channel.ordinal()] = columns.has(channel) ? row[columns.found.get(channel)] : Double.NaN;
            }
            if (thousands) {
                values[Channel.RPM.ordinal()] *= 1000.0;
            }
            if (inHg) {
                values[Channel.MAP_KPA.ordinal()] *= 3.38639;
            }
            if (celsius) {
                values[Channel.IAT_FAHRENHEIT.ordinal()] = values[Channel.IAT_FAHRENHEIT.ordinal()] * 9.0 / 5.0 + 32.0;
            }
            if (milliseconds) {
                values[Channel.TIME_SECONDS.ordinal()] /= 1000.0;
            }
            deriveTorque(values);
            if (Double.isNaN(values[Channel.RPM.ordinal()])
                    || Double.isNaN(values[Channel.MAP_KPA.ordinal()])
                    || Double.isNaN(values[Channel.TORQUE_FTLB.ordinal()])) {
                continue;
            }
            if (!ReferenceColumns.isReadAsWinpep(columns.format)) {
                standInLambdas(row, values);
            }
            fillTargets(values);
            rows.add(values);
        }
        return rows;
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
        double commanded = orLambda(values[Channel.COMMANDED_AFR_FRONT.ordinal()], columns.targetLambdas, row);
        values[Channel.COMMANDED_AFR_FRONT.ordinal()] = commanded;
        values[Channel.COMMANDED_AFR_REAR.ordinal()] = commanded;
        double front = orLambda(values[Channel.MEASURED_AFR_FRONT.ordinal()], columns.frontLambdas, row);
        values[Channel.MEASURED_AFR_FRONT.ordinal()] = front;
        double rear = values[Channel.MEASURED_AFR_REAR.ordinal()];
        if (columns.has(Channel.MEASURED_AFR_REAR)) {
            rear = orLambda(rear, columns.rearLambdas.isEmpty() ? columns.frontLambdas : columns.rearLambdas, row);
        } else if (columns.rearLambdas.isEmpty()) {
            rear = front;
        } else {
            List<Integer> rearThenFront = new ArrayList<>(columns.rearLambdas);
            rearThenFront.addAll(columns.frontLambdas);
            rear = orLambda(Double.NaN, rearThenFront, row);
        }
        values[Channel.MEASURED_AFR_REAR.ordinal()] = rear;
    }

    private static double orLambda(double afr, List<Integer> lambdas, double[] row) {
        if (isValidAfr(afr)) {
            return afr;
        }
        for (int column : lambdas) {
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

    private boolean isMapInInHg() {
        String unit = options.text(Option.MAP_UNIT);
        if (unit != null) {
            return unit.equals("inhg");
        }
        String header = columns.headers.get(columns.found.get(Channel.MAP_KPA));
        return !replay
                && header.replaceAll("[ \t\n\r\u000B\f]", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("inhg");
    }

    private boolean isIatInCelsius() {
        String unit = options.text(Option.IAT_UNIT);
        if (unit != null) {
            return unit.equals("c");
        }
        String header = columns.header(Channel.IAT_FAHRENHEIT);
        return !replay
                && (header.contains("°c")
                        || header.contains("(c)")
                        || header.contains("deg c")
                        || header.contains("degc")
                        || header.contains("celsius"));
    }

    private boolean isUnitSuspect(List<double[]> rows) {
        return !replay
                && options.text(Option.MAP_UNIT) == null
                && !rows.isEmpty()
                && rows.stream().allMatch(row -> row[Channel.MAP_KPA.ordinal()] < 32);
    }

    private static boolean isValidAfr(double afr) {
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
