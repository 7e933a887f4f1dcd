package dynoai.ingest.log;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a log for all math versions but the replay version, as plainly as possible. */
final class ReferenceSearch {
    static final String[] COMMANDED_WORDS = {"desired", "target", "command*", "cmd", "set", "setpoint"};
    private static final String[] AFR_NEVER = {
        "error",
        "corr",
        "correction*",
        "cor1",
        "cor2",
        "trim",
        "raw",
        "adc",
        "integrator",
        "status",
        "learn*",
        "adapt*",
        "warm*",
        "stoich*",
        "delta",
        "heater",
        "duty"
    };
    private static final String[] TORQUE_NEVER = {
        "target",
        "desired",
        "req*",
        "demand",
        "reference",
        "limit",
        "lim",
        "max",
        "loss",
        "percent",
        "active",
        "reduc*",
        "management",
        "converter",
        "slip",
        "advance",
        "enrich*",
        "mode",
        "steering",
        "supply"
    };
    private static final Map<Channel, String[]> NEVER = new EnumMap<>(Channel.class);
    private static final Map<Channel, List<String>> UNITS = new EnumMap<>(Channel.class);
    /** The names of the table, taken apart. */
    private static final Map<String, ReferenceHeader> NAMES = new ConcurrentHashMap<>();

    private static final Map<Channel, Set<String>> TELLING_OF = new ConcurrentHashMap<>();

    private static final Map<String, Names> AFR_NAMES = new ConcurrentHashMap<>();

    private static final List<String> TELLING =
            words("engine, motor, ecu, sae, actual, current, avg, average, corrected,"
                    + " uncorrected, manifold, absolute, intake, air, sensor, measured, front, rear, f, r, 1, 2, volts, petrol,"
                    + " pressure, ratio");
    private static final List<String> COMMANDED =
            words("set afr, target afr, afr cmd, cmd afr, afr command, afr setpoint,"
                    + " current target afr, comm fuel final, fuel target, air/fuel ratio commanded, commanded air/fuel ratio,"
                    + " equivalence ratio commanded, target lambda, desired lambda, commanded lambda, lambda sp");
    private static final List<String> MEASURED = words("wideband afr, wideband o2, wideband, wb, wb eq ratio,"
            + " wbo2 curr. afr, air/fuel, air/fuel ratio, af ratio, af sens 1 ratio, zt-2 afr, o2 wideband");
    private static final List<String> WEAK_MEASURED = List.of("volts petrol afr", "afr", "lambda");

    static {
        NEVER.put(
                Channel.RPM,
                array(
                        "target, desired, drum, limit, roller, wheel, shaft, driveshaft, turbo, turbine, idle, error, cam,"
                                + " gear, match*, alternator, output, input, pump, fan, slip, delta, dot, rate, max, peak, min,"
                                + " shift, launch, redline, cut*"));
        NEVER.put(
                Channel.MAP_KPA,
                array(
                        "baro*, amb*, atmo*, target, desired, fuel, oil, brake, rail, exhaust, coolant, crank*, tyre, tire,"
                                + " cylinder, boost, gauge, vacuum, volt*, adc, raw, derivative, dot, rate, ratio, mode, switch,"
                                + " position, number, ignition, spark, predicted, compensation, temp*, ve, load, table, delta,"
                                + " error, limit, max, min, throttle, inlet, compressor, line, trans*, clutch, egr, evap, enrich*"));
        NEVER.put(Channel.TORQUE_FTLB, TORQUE_NEVER);
        NEVER.put(Channel.POWER_HP, TORQUE_NEVER);
        for (Cylinder cylinder : Cylinder.values()) {
            NEVER.put(Channel.knockRetard(cylinder), array("volt*, count*, window, sensor"));
            UNITS.put(Channel.commandedAfr(cylinder), List.of("AFR", "lambda", "phi"));
            UNITS.put(Channel.measuredAfr(cylinder), List.of("AFR", "lambda", "phi"));
        }
        NEVER.put(Channel.THROTTLE_PERCENT, array("volt*, raw, adc, dot, derivative, target, error"));
        NEVER.put(
                Channel.BATTERY_VOLTS,
                array("tps, map, maf, eld, o2, sensor, throttle, afr, lambda, knock, pedal, pressure, temp*, pump"));
        NEVER.put(
                Channel.COOLANT_FAHRENHEIT,
                array("raw, adc, volt*, target, error, fan, pressure, press, level, comp*, corr*, enrich*"));
        NEVER.put(Channel.IAT_FAHRENHEIT, array("raw, comp*, volt*, pressure, press, flow, mass"));
        UNITS.put(Channel.RPM, List.of("rpm", "krpm"));
        UNITS.put(Channel.MAP_KPA, List.of("kPa", "bar", "mbar", "psi", "inHg", "mmHg"));
        UNITS.put(Channel.TORQUE_FTLB, List.of("ft-lb", "Nm"));
        UNITS.put(Channel.POWER_HP, List.of("hp", "kW", "PS"));
        UNITS.put(Channel.IAT_FAHRENHEIT, List.of("C", "F"));
        UNITS.put(Channel.COOLANT_FAHRENHEIT, List.of("C", "F"));
        UNITS.put(Channel.THROTTLE_PERCENT, List.of("%", "°"));
        UNITS.put(Channel.BATTERY_VOLTS, List.of("V"));
    }

    private static List<String> words(String list) {
        return List.of(list.split(", "));
    }

    private static String[] array(String list) {
        return list.split(", ");
    }

    /** The names of a channel in one vocabulary. */
    private record Names(List<String> strong, List<String> weak) {
        static Names of(String strong, String weak) {
            return new Names(strong.isEmpty() ? List.of() : words(strong), weak.isEmpty() ? List.of() : words(weak));
        }
    }

    private final List<String> texts;
    private final List<ReferenceHeader> headers = new ArrayList<>();
    private final List<String> unitsRow;
    private final ReferenceColumns columns;
    private final IntPredicate hasValidAfr;
    private final Set<String> assigned = new HashSet<>();

    /**
     * @param unitsRow cells of the units row; empty without one
     * @param hasValidAfr whether a column has a valid AFR in any row
     */
    ReferenceSearch(ReferenceColumns columns, List<String> unitsRow, IntPredicate hasValidAfr) {
        this.columns = columns;
        this.texts = columns.headers;
        this.unitsRow = unitsRow;
        this.hasValidAfr = hasValidAfr;
        texts.forEach(text -> headers.add(ReferenceHeader.of(text)));
        for (int i = 0; i < headers.size(); i++) {
            List<String> raw = headers.get(i).raw();
            for (int at = 0; at < raw.size(); at++) {
                if (List.of("1", "2").contains(raw.get(at)) && isOfPair(raw, at)) {
                    String side = raw.get(at).equals("1") ? "front" : "rear";
                    headers.set(i, headers.get(i).withNumber(raw.get(at), side));
                }
            }
        }
    }

    /** The columns whose headers are names of engine speed, in any pass. */
    static List<Integer> rpmColumns(List<String> texts) {
        Set<Integer> columns = new TreeSet<>();
        if (texts.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).matches("(?s).*(rpm|speed).*"))) {
            ReferenceSearch search = new ReferenceSearch(
                    new ReferenceColumns(ReferenceColumns.format(""), texts), List.of(), ignored -> false);
            columns.addAll(search.candidates(Channel.RPM, names(Channel.RPM, true)));
            columns.addAll(search.candidates(Channel.RPM, names(Channel.RPM, false)));
        }
        return List.copyOf(columns);
    }

    void run(Map<String, String> chosen) {
        for (Map.Entry<String, String> entry : chosen.entrySet()) {
            Channel channel = Channel.ofKey(entry.getKey());
            int column = -1;
            for (int i = 0; i < texts.size(); i++) {
                column = ReferenceText.trim(texts.get(i)).equals(entry.getValue()) ? i : column;
            }
            if (column < 0) {
                columns.missing = true;
            } else {
                take(channel, column);
            }
        }
        boolean winpepFirst = ReferenceColumns.isReadAsWinpep(columns.format);
        for (boolean winpep : new boolean[] {winpepFirst, !winpepFirst}) {
            takePair(Channel.COMMANDED_AFR_FRONT, Channel.COMMANDED_AFR_REAR, winpep, false);
        }
        takeBareAfrAsCommanded();
        for (boolean winpep : new boolean[] {winpepFirst, !winpepFirst}) {
            takePair(Channel.MEASURED_AFR_FRONT, Channel.MEASURED_AFR_REAR, winpep, true);
        }
        for (boolean winpep : new boolean[] {winpepFirst, !winpepFirst}) {
            takeKnock(winpep);
        }
        for (Channel channel : List.of(
                Channel.RPM,
                Channel.MAP_KPA,
                Channel.TORQUE_FTLB,
                Channel.POWER_HP,
                Channel.IAT_FAHRENHEIT,
                Channel.BATTERY_VOLTS,
                Channel.THROTTLE_PERCENT,
                Channel.COOLANT_FAHRENHEIT)) {
            for (boolean winpep : new boolean[] {winpepFirst, !winpepFirst}) {
                List<Integer> candidates = candidates(channel, names(channel, winpep));
                if (!columns.has(channel) && !candidates.isEmpty()) {
                    take(channel, candidates.get(0));
                }
            }
        }
        takeTime();
        findLambdas();
        Integer front = columns.found.get(Channel.MEASURED_AFR_FRONT);
        if (front == null && !columns.frontLambdas.isEmpty()) {
            front = columns.frontLambdas.get(0);
        }
        columns.frontIsMarked = front == null || isOf(front, Cylinder.FRONT);
        columns.frontIsLc1 = front != null && headers.get(front).hasAny("lc1", "lc2");
        for (int i = 0; i < texts.size(); i++) {
            columns.units.add(unit(i));
            columns.words.add(headers.get(i).cut());
        }
    }

    private static Names names(Channel channel, boolean winpep) {
        String harley = "(harley - ecu type 22 sw level 621) ";
        switch (channel) {
            case RPM:
                return winpep
                        ? Names.of("rpm, engine speed", "")
                        : Names.of(
                                "engine speed, engspeed (rpm), (pv) engine speed, " + harley + "engine speed, rpm", "");
            case MAP_KPA:
                String pressures = ", man abs press, iap, intake air pressure, intake manifold pressure";
                return winpep
                        ? Names.of("map, kpa" + pressures, "manifold, pressure")
                        : Names.of(
                                "manifold absolute pressure, map (kpa), (pv) manifold absolute pressure, " + harley
                                        + "manifold absolute pressure, map, map kpa" + pressures,
                                "manifold pressure");
            case TORQUE_FTLB:
                return winpep
                        ? Names.of("torque", "tq, ft-lb")
                        : Names.of(
                                "torque, (dwr cpu) torque, (dwrt cpu) torque, (dwrt cpu) torque drum 1,"
                                        + " (dwrt cpu) torque (uncorrected), (pv) torque, engine torque",
                                "");
            case POWER_HP:
                return winpep
                        ? Names.of("hp, horsepower", "power")
                        : Names.of("horsepower, hp, (pv) horsepower, (pv) power", "power");
            case IAT_FAHRENHEIT:
                return winpep
                        ? Names.of("iat, intake air, mat", "")
                        : Names.of("intake air temperature, iat (°f), iat, mat", "");
            case BATTERY_VOLTS:
                return winpep
                        ? Names.of("battery, vbatt, voltage, batt", "")
                        : Names.of("battery voltage, battery (v), vbatt, batt", "");
            case THROTTLE_PERCENT:
                return winpep ? Names.of("tps, throttle", "") : Names.of("throttle position, throttle (%), tps", "");
            case COOLANT_FAHRENHEIT:
                return Names.of(
                        "coolant, coolant temp, coolant temperature, ect, clt, engine temp, engine temperature,"
                                + " (pv) engine temperature",
                        "");
            case KNOCK_RETARD_FRONT_DEG:
                return winpep
                        ? Names.of("knock ret f, knock f, spark retard f", "")
                        : Names.of("front spark knock retard, knock retard front, knock front", "");
            case KNOCK_RETARD_REAR_DEG:
                return winpep
                        ? Names.of("knock ret r, knock r, spark retard r", "")
                        : Names.of("rear spark knock retard, knock retard rear, knock rear", "");
            default:
                throw new IllegalArgumentException(channel.key());
        }
    }

    private static Names afrNames(Channel channel, boolean winpep) {
        String side = channel == Channel.COMMANDED_AFR_FRONT || channel == Channel.MEASURED_AFR_FRONT ? "f" : "r";
        boolean commanded = channel == Channel.COMMANDED_AFR_FRONT || channel == Channel.COMMANDED_AFR_REAR;
        List<String> strong = new ArrayList<>();
        List<String> weak = new ArrayList<>();
        if (commanded && winpep) {
            for (String name : words("afr cmd, cmd afr, afr target, commanded afr")) {
                strong.add(name + " " + side);
            }
        } else if (commanded) {
            strong.addAll(words("desired air/fuel, afr commanded, desired afr, afr target, commanded afr"));
        } else if (winpep) {
            for (String name : words("afr meas, afr, measured afr, wb afr, o2")) {
                strong.add(name + " " + side);
            }
        } else if (side.equals("f")) {
            strong.addAll(words("wbo2 afr front, afr measured, measured afr, (pv) wbo2 afr front, (pv) afr meas"));
            weak.addAll(words("wbo2 afr, lc1 volts petrol afr"));
        } else {
            // What serves the front without a cylinder's word serves the rear too.
            strong.addAll(words("wbo2 afr rear, afr measured, measured afr, (pv) wbo2 afr rear, (pv) afr meas"));
            weak.addAll(words("wbo2 afr, lc2 volts petrol afr"));
        }
        strong.addAll(commanded ? COMMANDED : MEASURED);
        if (!commanded) {
            weak.addAll(WEAK_MEASURED);
        }
        Names names = new Names(markedFirst(strong, side), markedFirst(weak, side));
        if (!commanded) {
            int marked =
                    (int) names.strong.stream().filter(name -> isMarked(name)).count();
            names.strong.addAll(marked, List.of("afr " + side, side + " afr"));
        }
        return names;
    }

    /** Every name with its cylinder's word, before the names without one. */
    private static List<String> markedFirst(List<String> names, String side) {
        List<String> all = new ArrayList<>();
        for (String name : names) {
            if (isMarked(name)) {
                all.add(name);
            } else {
                all.add(name + " " + side);
                if (name.startsWith("(")) {
                    int end = name.indexOf(')') + 1;
                    all.add(name.substring(0, end) + " " + side + name.substring(end));
                } else {
                    all.add(side + " " + name);
                }
            }
        }
        for (String name : names) {
            if (!isMarked(name)) {
                all.add(name);
            }
        }
        return all;
    }

    private static boolean isMarked(String name) {
        List<String> words = Arrays.asList(name.split(" "));
        return List.of("f", "r", "front", "rear", "lc1", "lc2").stream().anyMatch(words::contains);
    }

    private void takePair(Channel front, Channel rear, boolean winpep, boolean measured) {
        if (columns.has(front) && columns.has(rear)) {
            return;
        }
        boolean open = !columns.has(front) && !columns.has(rear);
        List<Integer> fronts = columns.has(front) ? List.of() : afrCandidates(front, winpep, measured);
        List<Integer> rears = columns.has(rear) ? List.of() : afrCandidates(rear, winpep, measured);
        int frontPick = pick(fronts, measured);
        int rearPick = pick(rears, measured);
        if (frontPick < 0 && rearPick < 0) {
            return;
        }
        if (open && frontPick == rearPick) {
            take(front, frontPick);
            take(rear, frontPick);
            assigned.add(texts.get(frontPick));
            return;
        }
        // A header without a cylinder's word serves both or none.
        // The table has names of the front's measured AFR without its word, such as AFR measured.
        frontPick = pick(
                measured && open && rearPick >= 0 && frontPick >= 0 && !isOf(frontPick, Cylinder.FRONT)
                        ? fronts
                        : marked(fronts),
                measured);
        rearPick = pick(marked(rears), measured);
        if (frontPick >= 0) {
            take(front, frontPick);
            assigned.add(texts.get(frontPick));
        }
        if (rearPick >= 0) {
            take(rear, rearPick);
            assigned.add(texts.get(rearPick));
        }
    }

    private int pick(List<Integer> candidates, boolean measured) {
        return candidates.stream()
                .filter(candidate -> !measured || hasValidAfr.test(texts.lastIndexOf(texts.get(candidate))))
                .findFirst()
                .orElse(candidates.isEmpty() ? -1 : candidates.get(0));
    }

    private List<Integer> marked(List<Integer> candidates) {
        return candidates.stream()
                .filter(candidate -> isOf(candidate, Cylinder.FRONT) || isOf(candidate, Cylinder.REAR))
                .toList();
    }

    private List<Integer> afrCandidates(Channel channel, boolean winpep, boolean measured) {
        Cylinder other = channel == Channel.COMMANDED_AFR_FRONT || channel == Channel.MEASURED_AFR_FRONT
                ? Cylinder.REAR
                : Cylinder.FRONT;
        List<Integer> candidates = new ArrayList<>();
        for (int candidate : candidates(
                channel, AFR_NAMES.computeIfAbsent(channel + " " + winpep, ignored -> afrNames(channel, winpep)))) {
            if (!isOf(candidate, other)
                    && !assigned.contains(texts.get(candidate))
                    && !(measured && headers.get(candidate).hasAny(COMMANDED_WORDS))) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    private void takeBareAfrAsCommanded() {
        boolean isOtherCommanded = columns.normalised.stream()
                .anyMatch(header -> header.contains("lambda")
                        && Stream.of("desired", "target", "cmd", "command").anyMatch(header::contains));
        if (columns.has(Channel.COMMANDED_AFR_FRONT)
                || columns.has(Channel.COMMANDED_AFR_REAR)
                || isOtherCommanded
                || headers.stream().noneMatch(header -> header.hasAny("wb*"))) {
            return;
        }
        for (int i = 0; i < texts.size(); i++) {
            if (headers.get(i).uncut().equals(List.of("afr")) && isPossible(Channel.COMMANDED_AFR_FRONT, i)) {
                take(Channel.COMMANDED_AFR_FRONT, i);
                take(Channel.COMMANDED_AFR_REAR, i);
                assigned.add(texts.get(i));
                return;
            }
        }
    }

    private void takeKnock(boolean winpep) {
        for (Cylinder cylinder : Cylinder.values()) {
            Channel channel = Channel.knockRetard(cylinder);
            Cylinder other = cylinder == Cylinder.FRONT ? Cylinder.REAR : Cylinder.FRONT;
            for (int candidate : candidates(channel, names(channel, winpep))) {
                if (!columns.has(channel) && !isOf(candidate, other) && assigned.add(texts.get(candidate))) {
                    take(channel, candidate);
                }
            }
        }
        if (winpep && !columns.has(Channel.KNOCK_RETARD_FRONT_DEG) && !columns.has(Channel.KNOCK_RETARD_REAR_DEG)) {
            for (int i = 0; i < texts.size(); i++) {
                if (headers.get(i).uncut().equals(List.of("knock")) && assigned.add(texts.get(i))) {
                    take(Channel.KNOCK_RETARD_FRONT_DEG, i);
                    take(Channel.KNOCK_RETARD_REAR_DEG, i);
                    return;
                }
            }
        }
    }

    private void takeTime() {
        if (columns.has(Channel.TIME_SECONDS)) {
            return;
        }
        for (List<String> names :
                List.of(words("timestamp, time, elapsed"), words("log time, offset, runtime, seconds, secl"))) {
            for (int i = 0; i < texts.size(); i++) {
                String header = columns.normalised.get(i);
                if (names.stream().anyMatch(header::startsWith)) {
                    take(Channel.TIME_SECONDS, i);
                    return;
                }
            }
        }
    }

    private void findLambdas() {
        for (int i = 0; i < texts.size(); i++) {
            String name = columns.normalised.get(i);
            int column = texts.lastIndexOf(texts.get(i));
            if (!name.contains("lambda")
                    || texts.indexOf(texts.get(i)) != i
                    || !isPossible(Channel.MEASURED_AFR_FRONT, i)) {
                continue;
            }
            if (List.of("desired", "target", "cmd", "command").stream().anyMatch(name::contains)) {
                columns.targetLambdas.add(column);
                for (Cylinder cylinder : Cylinder.values()) {
                    if (isOf(i, cylinder)) {
                        columns.targetCylinders.put(column, cylinder);
                    }
                }
            } else if (!headers.get(i).hasAny(COMMANDED_WORDS)
                    && !Objects.equals(column, columns.found.get(Channel.COMMANDED_AFR_FRONT))
                    && !Objects.equals(column, columns.found.get(Channel.COMMANDED_AFR_REAR))) {
                boolean rear = isOf(i, Cylinder.REAR)
                        || !isOf(i, Cylinder.FRONT) && (name.contains("rear") || name.endsWith(" 2"));
                (rear ? columns.rearLambdas : columns.frontLambdas).add(column);
            }
        }
    }

    private void take(Channel channel, int column) {
        columns.found.put(channel, texts.lastIndexOf(texts.get(column)));
    }

    /** Header indices in the order of the four passes. */
    private List<Integer> candidates(Channel channel, Names names) {
        Set<Integer> candidates = new LinkedHashSet<>();
        for (List<String> list : List.of(names.strong, names.weak)) {
            for (boolean sources : new boolean[] {true, false}) {
                for (String text : list) {
                    ReferenceHeader name = NAMES.computeIfAbsent(text, ReferenceHeader::of);
                    for (int i = 0; i < headers.size(); i++) {
                        boolean sameSource = headers.get(i).source().equals(name.source());
                        if (headers.get(i).isNamed(name) && (sameSource || !sources)) {
                            candidates.add(i);
                        }
                    }
                }
            }
        }
        Set<String> telling = TELLING_OF.computeIfAbsent(channel, ReferenceSearch::tellingWords);
        Map<Integer, Integer> silentWords = new HashMap<>();
        Map<Integer, Integer> rank = new HashMap<>();
        for (String text : names.strong) {
            ReferenceHeader name = NAMES.computeIfAbsent(text, ReferenceHeader::of);
            for (int i = 0; i < headers.size(); i++) {
                List<String> others = headers.get(i).besides(name);
                if (others != null && !text.equals("mat")) {
                    int silent = (int) others.stream()
                            .filter(word -> !telling.contains(word))
                            .count();
                    silentWords.merge(i, silent, Math::min);
                    rank.merge(i, isMarked(text) ? 0 : 1, Math::min);
                }
            }
        }
        silentWords.keySet().stream()
                .sorted(Comparator.<Integer>comparingInt(rank::get)
                        .thenComparing(silentWords::get)
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(candidates::add);
        for (String text : names.weak) {
            ReferenceHeader name = NAMES.computeIfAbsent(text, ReferenceHeader::of);
            for (int i = 0; i < headers.size(); i++) {
                List<String> others = headers.get(i).besides(name);
                if (others != null && telling.containsAll(others)) {
                    candidates.add(i);
                }
            }
        }
        return candidates.stream().filter(i -> isPossible(channel, i)).toList();
    }

    private static Set<String> tellingWords(Channel channel) {
        Set<String> telling = new HashSet<>(TELLING);
        for (String text : allNames(channel)) {
            telling.addAll(NAMES.computeIfAbsent(text, ReferenceHeader::of).uncut());
        }
        return telling;
    }

    private static List<String> allNames(Channel channel) {
        List<String> all = new ArrayList<>();
        for (boolean winpep : new boolean[] {true, false}) {
            Names names = isAfr(channel) ? afrNames(channel, winpep) : names(channel, winpep);
            all.addAll(names.strong);
            all.addAll(names.weak);
        }
        return all;
    }

    private static boolean isAfr(Channel channel) {
        return Arrays.stream(Cylinder.values())
                .anyMatch(cylinder ->
                        channel == Channel.commandedAfr(cylinder) || channel == Channel.measuredAfr(cylinder));
    }

    /** Whether neither a word nor the unit of a header takes it out. */
    private boolean isPossible(Channel channel, int column) {
        ReferenceHeader header = headers.get(column);
        if (isAfr(channel)) {
            if (header.hasAny(AFR_NEVER) || header.hasAny("volt*") && !endsInAfr(header)) {
                return false;
            }
        } else if (header.hasAny(NEVER.getOrDefault(channel, new String[0]))) {
            return false;
        }
        if (channel == Channel.RPM && (isRpmPerSecond(texts.get(column)) || isRpmPerSecond(unitsCell(column)))) {
            return false;
        }
        String unit = unit(column);
        return unit == null || !UNITS.containsKey(channel) || UNITS.get(channel).contains(unit);
    }

    private static boolean isRpmPerSecond(String text) {
        return text.toLowerCase(Locale.ROOT).matches("(?s).*rpm/s[)\\]\\s]*");
    }

    private static boolean endsInAfr(ReferenceHeader header) {
        List<String> words = new ArrayList<>(header.cut());
        while (!words.isEmpty() && List.of("front", "rear", "1", "2").contains(words.get(words.size() - 1))) {
            words.remove(words.size() - 1);
        }
        return !words.isEmpty() && List.of("afr", "lambda").contains(words.get(words.size() - 1))
                || "lambda".equals(header.unit())
                || "AFR".equals(header.unit());
    }

    private String unitsCell(int column) {
        return column < unitsRow.size() ? unitsRow.get(column) : "";
    }

    @Nullable
    String unit(int column) {
        String stated = headers.get(column).unit();
        return stated != null ? stated : ReferenceText.rowUnit(unitsCell(column));
    }

    /** Whether a header has a cylinder's word; 1 and 2 are one only of a pair, or 2 at the end. */
    private boolean isOf(int column, Cylinder cylinder) {
        List<String> raw = headers.get(column).raw();
        String digit = cylinder == Cylinder.FRONT ? "1" : "2";
        List<String> certain = cylinder == Cylinder.FRONT ? List.of("f", "front", "lc1") : List.of("r", "rear", "lc2");
        for (int i = 0; i < raw.size(); i++) {
            if (certain.contains(raw.get(i)) || raw.get(i).equals(digit) && isOfPair(raw, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfPair(List<String> raw, int at) {
        List<String> twin = new ArrayList<>(raw);
        twin.set(at, raw.get(at).equals("1") ? "2" : "1");
        boolean second = raw.get(at).equals("2") && at == raw.size() - 1;
        return second || headers.stream().anyMatch(header -> header.raw().equals(twin));
    }
}
