package dynoai.ingest.log;

import dynoai.schemas.log.LogFormat;
import java.util.List;

/** The header names of a channel (spec section 2). A header with a word of {@code never} does not match. */
record ColumnNames(List<String> strong, List<String> weak, List<String> never) {
    private static final List<String> NOT_ENGINE_SPEED = List.of("target", "desired", "drum", "limit");
    private static final List<String> NOT_MANIFOLD =
            List.of("baro", "ambient", "target", "desired", "atmo", "fuel", "oil");
    private static final List<String> NOT_MEASURED_TORQUE = List.of("target", "desired");
    private static final List<String> COMMANDS = List.of("desired", "target", "command", "cmd");

    private static ColumnNames strong(String... names) {
        return new ColumnNames(List.of(names), List.of(), List.of());
    }

    private ColumnNames orWeakly(String... names) {
        return new ColumnNames(strong, List.of(names), never);
    }

    private ColumnNames never(List<String> words) {
        return new ColumnNames(strong, weak, words);
    }

    /** Returns the names without the weak ones, as in the historical toolkit. */
    ColumnNames strongOnly() {
        return new ColumnNames(strong, List.of(), never);
    }

    static ColumnNames rpm(LogFormat format) {
        ColumnNames names = format.isReadAsWinpep()
                ? strong("rpm")
                : strong(
                        "engine speed",
                        "engspeed (rpm)",
                        "(pv) engine speed",
                        "(harley - ecu type 22 sw level 621) engine speed",
                        "rpm");
        return names.never(NOT_ENGINE_SPEED);
    }

    static ColumnNames kpa(LogFormat format) {
        ColumnNames names = format.isReadAsWinpep()
                ? strong("map", "kpa").orWeakly("manifold", "pressure")
                : strong(
                                "manifold absolute pressure",
                                "map (kpa)",
                                "(pv) manifold absolute pressure",
                                "(harley - ecu type 22 sw level 621) manifold absolute pressure",
                                "map",
                                "map kpa")
                        .orWeakly("manifold pressure");
        return names.never(NOT_MANIFOLD);
    }

    static ColumnNames torque(LogFormat format) {
        ColumnNames names = format.isReadAsWinpep()
                ? strong("torque").orWeakly("tq", "ft-lb")
                : strong(
                        "torque",
                        "(dwr cpu) torque",
                        "(dwrt cpu) torque",
                        "(dwrt cpu) torque drum 1",
                        "(dwrt cpu) torque (uncorrected)",
                        "(pv) torque",
                        "engine torque");
        return names.never(NOT_MEASURED_TORQUE);
    }

    static ColumnNames power(LogFormat format) {
        return format.isReadAsWinpep()
                ? strong("hp", "horsepower").orWeakly("power")
                : strong("horsepower", "hp", "(pv) horsepower", "(pv) power").orWeakly("power");
    }

    static ColumnNames iat(LogFormat format) {
        return format.isReadAsWinpep()
                ? strong("iat", "intake air")
                : strong("intake air temperature", "iat (°f)", "iat");
    }

    static ColumnNames battery(LogFormat format) {
        return format.isReadAsWinpep()
                ? strong("battery", "vbatt", "voltage")
                : strong("battery voltage", "battery (v)", "vbatt");
    }

    static ColumnNames tps(LogFormat format) {
        return format.isReadAsWinpep() ? strong("tps", "throttle") : strong("throttle position", "throttle (%)", "tps");
    }

    /** @param side {@code f} or {@code r} */
    static ColumnNames winpepCommanded(String side) {
        return strong("afr cmd " + side, "cmd afr " + side, "afr target " + side, "commanded afr " + side);
    }

    static ColumnNames winpepMeasured(String side) {
        return strong("afr meas " + side, "afr " + side, "measured afr " + side, "wb afr " + side, "o2 " + side);
    }

    static ColumnNames winpepKnock(String side) {
        return strong("knock ret " + side, "knock " + side, "spark retard " + side);
    }

    /** One commanded column for both cylinders. */
    static ColumnNames commanded() {
        return strong("desired air/fuel", "afr commanded", "desired afr", "afr target", "commanded afr");
    }

    static ColumnNames measuredFront() {
        return strong("wbo2 afr front", "afr measured", "measured afr", "(pv) wbo2 afr front", "(pv) afr meas")
                .orWeakly("wbo2 afr", "lc1 volts petrol afr")
                .never(with("rear"));
    }

    static ColumnNames measuredRear() {
        return strong("wbo2 afr rear", "(pv) wbo2 afr rear")
                .orWeakly("lc2 volts petrol afr")
                .never(with("front"));
    }

    /** @param side {@code front} or {@code rear} */
    static ColumnNames knock(String side) {
        return strong(side + " spark knock retard", "knock retard " + side, "knock " + side);
    }

    private static List<String> with(String word) {
        return List.of(word, COMMANDS.get(0), COMMANDS.get(1), COMMANDS.get(2), COMMANDS.get(3));
    }
}
