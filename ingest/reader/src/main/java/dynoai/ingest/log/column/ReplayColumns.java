package dynoai.ingest.log.column;

import dynoai.ingest.log.text.AsciiText;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds columns as the historical toolkit did, for its replay: headers are compared as texts, with their own names. It must not
 * change.
 */
final class ReplayColumns {
    private static final List<String> TARGET_WORDS = List.of("desired", "target", "cmd");
    private static final List<String> NOT_ENGINE_SPEED = List.of("target", "desired", "drum", "limit");
    private static final List<String> NOT_MANIFOLD =
            List.of("baro", "ambient", "target", "desired", "atmo", "fuel", "oil");
    private static final List<String> NOT_MEASURED_TORQUE = List.of("target", "desired");
    private static final List<String> NOT_MEASURED_FRONT = List.of("rear", "desired", "target", "command", "cmd");

    private record Header(String normal, int column) {}

    private final List<Header> headers = new ArrayList<>();
    private final Map<Channel, Integer> columns = new EnumMap<>(Channel.class);
    private final Map<Cylinder, List<Integer>> targets = new EnumMap<>(Cylinder.class);
    private final Map<Cylinder, List<Integer>> lambdas = new EnumMap<>(Cylinder.class);
    private final Set<Integer> shared = new HashSet<>();
    private final Set<Integer> taken = new HashSet<>();

    private ReplayColumns(List<String> columns) {
        Map<String, Integer> last = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            last.put(columns.get(i), i);
        }
        last.forEach((header, column) -> headers.add(new Header(normalise(header), column)));
    }

    static ColumnChoice choose(List<String> headers, FormatDescription format) {
        ReplayColumns columns = new ReplayColumns(headers);
        columns.time();
        if (format.frontServesRear()) {
            columns.findPowerVision();
        } else {
            columns.findWinpep();
        }
        return columns.choice(format.format(), headers);
    }

    private ColumnChoice choice(LogFormat format, List<String> names) {
        return new ColumnChoice(
                format, names, columns, Map.of(), targets, lambdas, shared, Map.of(), List.of(), List.of());
    }

    private void time() {
        for (Header header : headers) {
            String name = header.normal;
            if (name.startsWith("timestamp") || name.startsWith("time") || name.startsWith("elapsed")) {
                columns.put(Channel.TIME_SECONDS, header.column);
                return;
            }
        }
    }

    private void findWinpep() {
        find(Channel.RPM, NOT_ENGINE_SPEED, "rpm");
        put(Channel.MAP_KPA, first(List.of("map", "kpa"), List.of("manifold", "pressure"), NOT_MANIFOLD));
        put(Channel.TORQUE_FTLB, first(List.of("torque"), List.of("tq", "ft-lb"), NOT_MEASURED_TORQUE));
        find(Channel.POWER_HP, List.of(), "hp", "horsepower");
        find(Channel.IAT_FAHRENHEIT, List.of(), "iat", "intake air");
        find(Channel.BATTERY_VOLTS, List.of(), "battery", "vbatt", "voltage");
        find(Channel.THROTTLE_PERCENT, List.of(), "tps", "throttle");
        take(Channel.COMMANDED_AFR_FRONT, "afr cmd f", "cmd afr f", "afr target f", "commanded afr f");
        take(Channel.COMMANDED_AFR_REAR, "afr cmd r", "cmd afr r", "afr target r", "commanded afr r");
        take(Channel.MEASURED_AFR_FRONT, "afr meas f", "afr f", "measured afr f", "wb afr f", "o2 f");
        take(Channel.MEASURED_AFR_REAR, "afr meas r", "afr r", "measured afr r", "wb afr r", "o2 r");
        take(Channel.KNOCK_RETARD_FRONT_DEG, "knock ret f", "knock f", "spark retard f");
        take(Channel.KNOCK_RETARD_REAR_DEG, "knock ret r", "knock r", "spark retard r");
    }

    private void findPowerVision() {
        find(
                Channel.RPM,
                NOT_ENGINE_SPEED,
                "engine speed",
                "engspeed (rpm)",
                "(pv) engine speed",
                "(harley - ecu type 22 sw level 621) engine speed",
                "rpm");
        List<String> manifold = List.of(
                "manifold absolute pressure",
                "map (kpa)",
                "(pv) manifold absolute pressure",
                "(harley - ecu type 22 sw level 621) manifold absolute pressure",
                "map",
                "map kpa");
        put(Channel.MAP_KPA, first(manifold, List.of("manifold pressure"), NOT_MANIFOLD));
        find(
                Channel.TORQUE_FTLB,
                NOT_MEASURED_TORQUE,
                "torque",
                "(dwr cpu) torque",
                "(dwrt cpu) torque",
                "(dwrt cpu) torque drum 1",
                "(dwrt cpu) torque (uncorrected)",
                "(pv) torque",
                "engine torque");
        find(Channel.POWER_HP, List.of(), "horsepower", "hp", "(pv) horsepower", "(pv) power");
        find(Channel.IAT_FAHRENHEIT, List.of(), "intake air temperature", "iat (°f)", "iat");
        find(Channel.BATTERY_VOLTS, List.of(), "battery voltage", "battery (v)", "vbatt");
        find(Channel.THROTTLE_PERCENT, List.of(), "throttle position", "throttle (%)", "tps");
        take(
                Channel.COMMANDED_AFR_FRONT,
                "desired air/fuel",
                "afr commanded",
                "desired afr",
                "afr target",
                "commanded afr");
        put(Channel.COMMANDED_AFR_REAR, columns.getOrDefault(Channel.COMMANDED_AFR_FRONT, -1));
        put(
                Channel.MEASURED_AFR_FRONT,
                first(
                        List.of(
                                "wbo2 afr front",
                                "afr measured",
                                "measured afr",
                                "(pv) wbo2 afr front",
                                "(pv) afr meas"),
                        List.of(),
                        NOT_MEASURED_FRONT));
        List<Integer> targets = lambdas(TARGET_WORDS);
        for (Cylinder cylinder : Cylinder.values()) {
            this.targets.put(cylinder, targets);
        }
        lambdas.put(Cylinder.FRONT, lambdas(List.of("")));
        shared.addAll(lambdas.get(Cylinder.FRONT));
        shared.add(columns.getOrDefault(Channel.MEASURED_AFR_FRONT, -1));
    }

    private List<Integer> lambdas(List<String> words) {
        return headers.stream()
                .filter(header -> header.normal.contains("lambda") && containsAny(header.normal, words))
                .map(Header::column)
                .toList();
    }

    private void find(Channel channel, List<String> never, String... names) {
        put(channel, first(List.of(names), List.of(), never));
    }

    /** Finds a column that is not found for another channel later. */
    private void take(Channel channel, String... names) {
        int column = first(List.of(names), List.of(), List.of());
        put(channel, column);
        taken.add(column);
    }

    private void put(Channel channel, int column) {
        if (column >= 0) {
            columns.put(channel, column);
        }
    }

    /**
     * Returns the first column in the order of four passes, or -1: equal to a strong name, equal to a weak one, containing a
     * strong one, containing a weak one; each over the names, then over the headers in file order.
     */
    private int first(List<String> strong, List<String> weak, List<String> never) {
        for (boolean whole : new boolean[] {true, false}) {
            for (List<String> names : List.of(strong, weak)) {
                for (String name : names) {
                    for (Header header : headers) {
                        boolean matches = whole ? header.normal.equals(name) : header.normal.contains(name);
                        if (matches && !taken.contains(header.column) && !containsAny(header.normal, never)) {
                            return header.column;
                        }
                    }
                }
            }
        }
        return -1;
    }

    static String normalise(String header) {
        return AsciiText.trim(header).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static boolean containsAny(String text, List<String> words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
