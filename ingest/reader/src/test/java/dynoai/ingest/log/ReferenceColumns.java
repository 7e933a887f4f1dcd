package dynoai.ingest.log;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.option.AnalysisOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** The column rules of the specification, written a second time as plainly as possible. */
final class ReferenceColumns {
    private static final List<String> NEVER_RPM = List.of("target", "desired", "drum", "limit");
    private static final List<String> NEVER_KPA =
            List.of("baro", "ambient", "target", "desired", "atmo", "fuel", "oil");
    private static final List<String> NEVER_TORQUE = List.of("target", "desired");
    private static final List<String> COMMANDED_WORDS = List.of("desired", "target", "command", "cmd");
    private static final List<String> REPLAY_TARGET_WORDS = List.of("desired", "target", "cmd");
    private static final List<String> NO_MEASURED_LAMBDA =
            List.of("integrator", "trim", "correction", "error", "status", "learn", "adapt", "warm");

    final LogFormat format;
    final List<String> headers;
    final List<String> normalised = new ArrayList<>();

    /** Column index by channel. */
    final Map<Channel, Integer> found = new EnumMap<>(Channel.class);

    final List<Integer> frontLambdas = new ArrayList<>();
    final List<Integer> rearLambdas = new ArrayList<>();
    final List<Integer> targetLambdas = new ArrayList<>();

    private final boolean replay;
    private final Set<String> assigned = new HashSet<>();

    /** @param hasValidAfr whether a column has a valid AFR in any data row */
    ReferenceColumns(String headerLine, List<String> headers, boolean replay, IntPredicate hasValidAfr) {
        this.headers = headers;
        this.replay = replay;
        format = format(headerLine);
        headers.forEach(header -> normalised.add(
                ReferenceText.trim(header).toLowerCase(Locale.ROOT).replace('_', ' ')));
        if (isReadAsWinpep(format)) {
            findWinpep();
        } else {
            findOther(hasValidAfr);
        }
        for (int i = 0; i < headers.size(); i++) {
            String name = normalised.get(i);
            if (name.startsWith("timestamp") || name.startsWith("time") || name.startsWith("elapsed")) {
                found.put(Channel.TIME_SECONDS, lastWithSameText(i));
                break;
            }
        }
    }

    /** Whether a header names engine speed in any pass, in any format. */
    static boolean isEngineSpeed(String header) {
        String name = ReferenceText.trim(header).toLowerCase(Locale.ROOT).replace('_', ' ');
        return (name.contains("rpm") || name.contains("engine speed")) && !containsAny(name, NEVER_RPM);
    }

    static LogFormat format(String headerLine) {
        String line = headerLine.toLowerCase(Locale.ROOT).replace('\t', ',').replace(';', ',');
        int powervision = points(line, "(harley - ecu", "(pv) engine speed", "(dwr cpu) torque", "(pv) wbo2 afr front");
        int generic = points(line, "engspeed (rpm)", "afr measured", "time (s)", "throttle (%)");
        int winpep = points(line, "timestamp", "rpm", "map", "kpa", "afr cmd", "afr meas", "knock");
        if (powervision + generic + winpep == 0) {
            return LogFormat.UNKNOWN;
        }
        if (powervision >= generic && powervision >= winpep) {
            return LogFormat.POWERVISION;
        }
        return generic >= winpep ? LogFormat.GENERIC : LogFormat.WINPEP;
    }

    static boolean isReadAsWinpep(LogFormat format) {
        return format == LogFormat.WINPEP || format == LogFormat.UNKNOWN;
    }

    String header(Channel channel) {
        return found.containsKey(channel) ? normalised.get(found.get(channel)) : "";
    }

    boolean has(Channel channel) {
        return found.containsKey(channel);
    }

    /** Whether a cylinder has a commanded and a measured AFR from any column, lambda or table. */
    boolean canHaveAfr(Channel commanded, Channel measured, AnalysisOptions options) {
        boolean hasCommanded = has(commanded) || !targetLambdas.isEmpty() || options.fillsAfrTargets();
        boolean hasMeasured = has(measured) || !frontLambdas.isEmpty();
        if (!isReadAsWinpep(format) && measured == Channel.MEASURED_AFR_REAR) {
            hasMeasured |= !rearLambdas.isEmpty() || has(Channel.MEASURED_AFR_FRONT);
        }
        return hasCommanded && hasMeasured;
    }

    private void findWinpep() {
        take(Channel.RPM, List.of("rpm"), List.of(), NEVER_RPM);
        take(Channel.MAP_KPA, List.of("map", "kpa"), List.of("manifold", "pressure"), NEVER_KPA);
        take(Channel.TORQUE_FTLB, List.of("torque"), List.of("tq", "ft-lb"), NEVER_TORQUE);
        take(Channel.POWER_HP, List.of("hp", "horsepower"), replay ? List.of() : List.of("power"), List.of());
        takeOnce(Channel.COMMANDED_AFR_FRONT, "afr cmd f", "cmd afr f", "afr target f", "commanded afr f");
        takeOnce(Channel.COMMANDED_AFR_REAR, "afr cmd r", "cmd afr r", "afr target r", "commanded afr r");
        takeOnce(Channel.MEASURED_AFR_FRONT, "afr meas f", "afr f", "measured afr f", "wb afr f", "o2 f");
        takeOnce(Channel.MEASURED_AFR_REAR, "afr meas r", "afr r", "measured afr r", "wb afr r", "o2 r");
        takeOnce(Channel.KNOCK_RETARD_FRONT_DEG, "knock ret f", "knock f", "spark retard f");
        takeOnce(Channel.KNOCK_RETARD_REAR_DEG, "knock ret r", "knock r", "spark retard r");
        if (!replay && !has(Channel.KNOCK_RETARD_FRONT_DEG) && !has(Channel.KNOCK_RETARD_REAR_DEG)) {
            int bare = normalised.indexOf("knock");
            if (bare >= 0 && !assigned.contains(headers.get(bare))) {
                found.put(Channel.KNOCK_RETARD_FRONT_DEG, lastWithSameText(bare));
                found.put(Channel.KNOCK_RETARD_REAR_DEG, lastWithSameText(bare));
            }
        }
        take(Channel.IAT_FAHRENHEIT, List.of("iat", "intake air"), List.of(), List.of());
        take(Channel.BATTERY_VOLTS, List.of("battery", "vbatt", "voltage"), List.of(), List.of());
        take(Channel.THROTTLE_PERCENT, List.of("tps", "throttle"), List.of(), List.of());
    }

    private void findOther(IntPredicate hasValidAfr) {
        String harley = "(harley - ecu type 22 sw level 621) ";
        take(
                Channel.RPM,
                List.of("engine speed", "engspeed (rpm)", "(pv) engine speed", harley + "engine speed", "rpm"),
                List.of(),
                NEVER_RPM);
        take(
                Channel.MAP_KPA,
                List.of(
                        "manifold absolute pressure",
                        "map (kpa)",
                        "(pv) manifold absolute pressure",
                        harley + "manifold absolute pressure",
                        "map",
                        "map kpa"),
                List.of("manifold pressure"),
                NEVER_KPA);
        take(
                Channel.TORQUE_FTLB,
                List.of(
                        "torque",
                        "(dwr cpu) torque",
                        "(dwrt cpu) torque",
                        "(dwrt cpu) torque drum 1",
                        "(dwrt cpu) torque (uncorrected)",
                        "(pv) torque",
                        "engine torque"),
                List.of(),
                NEVER_TORQUE);
        take(
                Channel.POWER_HP,
                List.of("horsepower", "hp", "(pv) horsepower", "(pv) power"),
                replay ? List.of() : List.of("power"),
                List.of());
        takeOnce(
                Channel.COMMANDED_AFR_FRONT,
                "desired air/fuel",
                "afr commanded",
                "desired afr",
                "afr target",
                "commanded afr");
        if (has(Channel.COMMANDED_AFR_FRONT)) {
            found.put(Channel.COMMANDED_AFR_REAR, found.get(Channel.COMMANDED_AFR_FRONT));
        }
        takeMeasured(
                Channel.MEASURED_AFR_FRONT,
                List.of("wbo2 afr front", "afr measured", "measured afr", "(pv) wbo2 afr front", "(pv) afr meas"),
                replay ? List.of() : List.of("wbo2 afr", "lc1 volts petrol afr"),
                "rear",
                hasValidAfr);
        if (!replay) {
            takeMeasured(
                    Channel.MEASURED_AFR_REAR,
                    List.of("wbo2 afr rear", "(pv) wbo2 afr rear"),
                    List.of("lc2 volts petrol afr"),
                    "front",
                    hasValidAfr);
            for (Cylinder cylinder : Cylinder.values()) {
                String side = cylinder.key();
                take(
                        Channel.knockRetard(cylinder),
                        List.of(side + " spark knock retard", "knock retard " + side, "knock " + side),
                        List.of(),
                        List.of());
            }
        }
        take(Channel.IAT_FAHRENHEIT, List.of("intake air temperature", "iat (°f)", "iat"), List.of(), List.of());
        take(Channel.BATTERY_VOLTS, List.of("battery voltage", "battery (v)", "vbatt"), List.of(), List.of());
        take(Channel.THROTTLE_PERCENT, List.of("throttle position", "throttle (%)", "tps"), List.of(), List.of());
        findLambdas();
    }

    private void findLambdas() {
        for (int i = 0; i < headers.size(); i++) {
            String name = normalised.get(i);
            int column = lastWithSameText(i);
            if (!name.contains("lambda") || headers.indexOf(headers.get(i)) != i) {
                continue;
            }
            if (replay) {
                frontLambdas.add(column);
                if (containsAny(name, REPLAY_TARGET_WORDS)) {
                    targetLambdas.add(column);
                }
            } else if (containsAny(name, COMMANDED_WORDS)) {
                targetLambdas.add(column);
            } else if (!containsAny(name, NO_MEASURED_LAMBDA)) {
                (name.contains("rear") || name.endsWith(" 2") ? rearLambdas : frontLambdas).add(column);
            }
        }
    }

    private void take(Channel channel, List<String> strong, List<String> weak, List<String> never) {
        for (int candidate : candidates(strong, weak)) {
            if (!containsAny(normalised.get(candidate), never)) {
                found.put(channel, lastWithSameText(candidate));
                return;
            }
        }
    }

    private void takeOnce(Channel channel, String... names) {
        for (int candidate : candidates(List.of(names), List.of())) {
            if (assigned.add(headers.get(candidate))) {
                found.put(channel, lastWithSameText(candidate));
                return;
            }
        }
    }

    private void takeMeasured(
            Channel channel, List<String> strong, List<String> weak, String otherSide, IntPredicate hasValidAfr) {
        List<Integer> usable = new ArrayList<>();
        for (int candidate : candidates(strong, weak)) {
            String name = normalised.get(candidate);
            if (!assigned.contains(headers.get(candidate))
                    && !name.contains(otherSide)
                    && !containsAny(name, COMMANDED_WORDS)) {
                usable.add(candidate);
            }
        }
        if (usable.isEmpty()) {
            return;
        }
        int taken = usable.stream()
                .filter(candidate -> replay || hasValidAfr.test(lastWithSameText(candidate)))
                .findFirst()
                .orElse(usable.get(0));
        assigned.add(headers.get(taken));
        found.put(channel, lastWithSameText(taken));
    }

    /** Header indices in the order of the four passes. */
    private List<Integer> candidates(List<String> strong, List<String> weak) {
        List<Integer> candidates = new ArrayList<>();
        for (boolean containing : new boolean[] {false, true}) {
            for (List<String> names : List.of(strong, weak)) {
                for (String name : names) {
                    for (int i = 0; i < headers.size(); i++) {
                        String header = normalised.get(i);
                        if (containing ? header.contains(name) : header.equals(name)) {
                            candidates.add(i);
                        }
                    }
                }
            }
        }
        return candidates;
    }

    private int lastWithSameText(int index) {
        return headers.lastIndexOf(headers.get(index));
    }

    private static boolean containsAny(String text, List<String> words) {
        return words.stream().anyMatch(text::contains);
    }

    private static int points(String line, String... markers) {
        int points = 0;
        for (String marker : markers) {
            if (line.contains(marker)) {
                points++;
            }
        }
        return points;
    }
}
