package dynoai.ingest.log;

import dynoai.schemas.log.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the columns of a log for the replay version, as plainly as possible. */
final class ReferenceReplaySearch {
    private static final List<String> NEVER_RPM = List.of("target", "desired", "drum", "limit");
    private static final List<String> NEVER_KPA =
            List.of("baro", "ambient", "target", "desired", "atmo", "fuel", "oil");
    private static final List<String> NEVER_TORQUE = List.of("target", "desired");
    private static final List<String> COMMANDED_WORDS = List.of("desired", "target", "command", "cmd");
    private static final List<String> REPLAY_TARGET_WORDS = List.of("desired", "target", "cmd");

    private final ReferenceColumns columns;
    private final List<String> headers;
    private final List<String> normalised;
    private final Set<String> assigned = new HashSet<>();

    ReferenceReplaySearch(ReferenceColumns columns) {
        this.columns = columns;
        this.headers = columns.headers;
        this.normalised = columns.normalised;
    }

    void run() {
        if (ReferenceColumns.isReadAsWinpep(columns.format)) {
            findWinpep();
        } else {
            findOther();
        }
        for (int i = 0; i < headers.size(); i++) {
            String name = normalised.get(i);
            if (name.startsWith("timestamp") || name.startsWith("time") || name.startsWith("elapsed")) {
                columns.found.put(Channel.TIME_SECONDS, lastWithSameText(i));
                break;
            }
        }
    }

    private void findWinpep() {
        take(Channel.RPM, List.of("rpm"), List.of(), NEVER_RPM);
        take(Channel.MAP_KPA, List.of("map", "kpa"), List.of("manifold", "pressure"), NEVER_KPA);
        take(Channel.TORQUE_FTLB, List.of("torque"), List.of("tq", "ft-lb"), NEVER_TORQUE);
        take(Channel.POWER_HP, List.of("hp", "horsepower"), List.of(), List.of());
        takeOnce(Channel.COMMANDED_AFR_FRONT, "afr cmd f", "cmd afr f", "afr target f", "commanded afr f");
        takeOnce(Channel.COMMANDED_AFR_REAR, "afr cmd r", "cmd afr r", "afr target r", "commanded afr r");
        takeOnce(Channel.MEASURED_AFR_FRONT, "afr meas f", "afr f", "measured afr f", "wb afr f", "o2 f");
        takeOnce(Channel.MEASURED_AFR_REAR, "afr meas r", "afr r", "measured afr r", "wb afr r", "o2 r");
        takeOnce(Channel.KNOCK_RETARD_FRONT_DEG, "knock ret f", "knock f", "spark retard f");
        takeOnce(Channel.KNOCK_RETARD_REAR_DEG, "knock ret r", "knock r", "spark retard r");
        take(Channel.IAT_FAHRENHEIT, List.of("iat", "intake air"), List.of(), List.of());
        take(Channel.BATTERY_VOLTS, List.of("battery", "vbatt", "voltage"), List.of(), List.of());
        take(Channel.THROTTLE_PERCENT, List.of("tps", "throttle"), List.of(), List.of());
    }

    private void findOther() {
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
        take(Channel.POWER_HP, List.of("horsepower", "hp", "(pv) horsepower", "(pv) power"), List.of(), List.of());
        takeOnce(
                Channel.COMMANDED_AFR_FRONT,
                "desired air/fuel",
                "afr commanded",
                "desired afr",
                "afr target",
                "commanded afr");
        if (columns.has(Channel.COMMANDED_AFR_FRONT)) {
            columns.found.put(Channel.COMMANDED_AFR_REAR, columns.found.get(Channel.COMMANDED_AFR_FRONT));
        }
        takeMeasured(List.of("wbo2 afr front", "afr measured", "measured afr", "(pv) wbo2 afr front", "(pv) afr meas"));
        take(Channel.IAT_FAHRENHEIT, List.of("intake air temperature", "iat (°f)", "iat"), List.of(), List.of());
        take(Channel.BATTERY_VOLTS, List.of("battery voltage", "battery (v)", "vbatt"), List.of(), List.of());
        take(Channel.THROTTLE_PERCENT, List.of("throttle position", "throttle (%)", "tps"), List.of(), List.of());
        findLambdas();
    }

    private void findLambdas() {
        for (int i = 0; i < headers.size(); i++) {
            String name = normalised.get(i);
            if (name.contains("lambda") && headers.indexOf(headers.get(i)) == i) {
                columns.frontLambdas.add(lastWithSameText(i));
                if (containsAny(name, REPLAY_TARGET_WORDS)) {
                    columns.targetLambdas.add(lastWithSameText(i));
                }
            }
        }
    }

    private void take(Channel channel, List<String> strong, List<String> weak, List<String> never) {
        for (int candidate : candidates(strong, weak)) {
            if (!containsAny(normalised.get(candidate), never)) {
                columns.found.put(channel, lastWithSameText(candidate));
                return;
            }
        }
    }

    private void takeOnce(Channel channel, String... names) {
        for (int candidate : candidates(List.of(names), List.of())) {
            if (assigned.add(headers.get(candidate))) {
                columns.found.put(channel, lastWithSameText(candidate));
                return;
            }
        }
    }

    private void takeMeasured(List<String> strong) {
        for (int candidate : candidates(strong, List.of())) {
            String name = normalised.get(candidate);
            if (!assigned.contains(headers.get(candidate))
                    && !name.contains("rear")
                    && !containsAny(name, COMMANDED_WORDS)) {
                assigned.add(headers.get(candidate));
                columns.found.put(Channel.MEASURED_AFR_FRONT, lastWithSameText(candidate));
                return;
            }
        }
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
}
