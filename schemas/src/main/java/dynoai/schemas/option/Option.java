package dynoai.schemas.option;

import dynoai.schemas.log.Channel;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The options of an analysis: name, default, accepted values and meaning. The command line, option files, manifests and the run
 * log all use this table.
 */
public enum Option {
    CLAMP("clamp", Kind.NUMBER, "7.0", 5, 20, "Largest correction that leaves the kernels, in percent, either way."),
    SMOOTH_PASSES("smooth_passes", Kind.WHOLE, "2", 0, 5, "Smoothing passes of kernel K1 for small corrections."),
    WEIGHTING("weighting", List.of("torque", "hp", "hits"), "torque", "What weighs a row within its cell."),
    MATH_VERSION(
            "math_version",
            List.of("2.0.0", "1.0.0", "toolkit-1.2"),
            "2.0.0",
            "How an AFR becomes a correction. toolkit-1.2 replays the historical toolkit; its sign is inverted."),
    REAR_BIAS(
            "rear_bias",
            Kind.NUMBER,
            "0.0",
            -1000,
            1000,
            "Percent added to rear cells at 2500-3800 rpm and 65-95 kPa."),
    REAR_RULE_DEG(
            "rear_rule_deg",
            Kind.NUMBER,
            "2.0",
            -1000,
            1000,
            "Degrees the rear spark rule takes out, 2800-3600 rpm, 75-95 kPa."),
    HOT_EXTRA(
            "hot_extra",
            Kind.NUMBER,
            "-1.0",
            -1000,
            0,
            "Degrees added to the rear rule from 120 °F on; never positive."),
    GRADIENT_THRESHOLD(
            "gradient_threshold",
            Kind.NUMBER,
            "1.0",
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            "Slope between neighbours, in percent, from which K1 keeps the cell as measured."),
    PER_CYLINDER("per_cylinder", Kind.FLAG, "false", "Make each updated base table from its own cylinder's delta."),
    AFR_TARGETS(
            "afr_targets", List.of("map"), null, "map: fill an absent commanded AFR from the table of targets by MAP."),
    MAP_UNIT(
            "map_unit",
            List.of("kpa", "inhg", "bar", "mbar", "psi"),
            null,
            "Unit of the MAP column, in place of the header's word."),
    IAT_UNIT("iat_unit", List.of("c", "f"), null, "Unit of the intake air temperature, in place of the header's word."),
    ACCEPT_INVERTED_SIGN(
            "accept_inverted_sign",
            Kind.FLAG,
            "false",
            "Allow base tables with the replay version, whose sign is inverted."),
    BASE_FRONT(
            "base_front",
            Kind.FILE,
            null,
            "VE table of the front cylinder; its updated copy is written beside the grids."),
    BASE_REAR("base_rear", Kind.FILE, null, "VE table of the rear cylinder; the front's when not given."),
    DECEL_MANAGEMENT(
            "decel_management", Kind.FLAG, "false", "Look for closing throttle and suggest a decel fuel overlay."),
    DECEL_SEVERITY(
            "decel_severity", List.of("low", "medium", "high"), "medium", "How much the decel overlay enriches."),
    DECEL_RPM_MIN(
            "decel_rpm_min", Kind.NUMBER, "1500", 0, 20000, "Closing events below this engine speed are ignored."),
    DECEL_RPM_MAX(
            "decel_rpm_max", Kind.NUMBER, "5500", 0, 20000, "Closing events above this engine speed are ignored."),
    BALANCE_CYLINDERS(
            "balance_cylinders", Kind.FLAG, "false", "Compare the cylinders' AFR and write factors that balance them."),
    BALANCE_MODE(
            "balance_mode",
            List.of("equalize", "match_front", "match_rear"),
            "equalize",
            "Which AFR both cylinders are brought to."),
    BALANCE_MAX_CORRECTION(
            "balance_max_correction",
            Kind.NUMBER,
            "3.0",
            0,
            100,
            "Largest balancing correction, in percent, either way."),
    MIN_SAMPLES(
            "min_samples",
            Kind.WHOLE,
            "1",
            1,
            Double.POSITIVE_INFINITY,
            "Cells of the deltas that rest on fewer accepted rows stay empty."),
    COLUMNS(
            "columns",
            Kind.COLUMNS,
            null,
            "Column of the log that serves a channel, whatever its name. May be repeated."),
    INSIDE_GRID("inside_grid", Kind.FLAG, "false", "Leave out rows beyond the grid's edges, such as idle."),
    MAX_TPS_RATE(
            "max_tps_rate",
            Kind.NUMBER,
            null,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            "Leave out rows whose throttle moves faster, in percent per second."),
    MIN_COOLANT(
            "min_coolant",
            Kind.NUMBER,
            null,
            -100,
            500,
            "Leave out rows with a colder coolant, in °F, if the log has its temperature."),
    AFR_DELAY(
            "afr_delay",
            Kind.WHOLE,
            "0",
            0,
            2000,
            "Milliseconds that the wideband lags behind: the measured AFR is taken that much later."),
    SKIP_FUEL_CUT(
            "skip_fuel_cut",
            Kind.FLAG,
            "false",
            "Leave out rows with closed throttle (at most 2 %) above 1500 rpm and a measured AFR above 16.");

    public enum Kind {
        NUMBER,
        WHOLE,
        CHOICE,
        FLAG,
        FILE,
        /** Headers by the key of their channel; as text one {@code CHANNEL=HEADER} per line. */
        COLUMNS
    }

    private final String key;
    private final Kind kind;
    private final List<String> choices;
    private final @Nullable String defaultText;
    private final double min;
    private final double max;
    private final String meaning;

    Option(String key, Kind kind, @Nullable String defaultText, String meaning) {
        this(key, kind, List.of(), defaultText, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, meaning);
    }

    Option(String key, Kind kind, @Nullable String defaultText, double min, double max, String meaning) {
        this(key, kind, List.of(), defaultText, min, max, meaning);
    }

    Option(String key, List<String> choices, @Nullable String defaultText, String meaning) {
        this(key, Kind.CHOICE, choices, defaultText, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, meaning);
    }

    Option(
            String key,
            Kind kind,
            List<String> choices,
            @Nullable String defaultText,
            double min,
            double max,
            String meaning) {
        this.key = key;
        this.kind = kind;
        this.choices = choices;
        this.defaultText = defaultText;
        this.min = min;
        this.max = max;
        this.meaning = meaning;
    }

    /** The name in manifests and option files, for example {@code smooth_passes}. */
    public String key() {
        return key;
    }

    /** The name on the command line, for example {@code --smooth-passes}. */
    public String flag() {
        return this == COLUMNS ? "--column" : "--" + key.replace('_', '-');
    }

    /** Whether the option is recorded at its default too. Options newer than version 1.0.0 are not, so that old records stay valid. */
    boolean isAlwaysRecorded() {
        return ordinal() <= BALANCE_MAX_CORRECTION.ordinal();
    }

    public Kind kind() {
        return kind;
    }

    public List<String> choices() {
        return choices;
    }

    /** The default as text; null if the option is not set by default. */
    public @Nullable String defaultText() {
        return defaultText;
    }

    public String meaning() {
        return meaning;
    }

    /** The accepted values, in words. */
    public String accepts() {
        switch (kind) {
            case CHOICE:
                return String.join(", ", choices);
            case FLAG:
                return "true or false";
            case FILE:
                return "a file";
            case COLUMNS:
                return "CHANNEL=HEADER, with one of the channels " + channelKeys();
            default:
                return (kind == Kind.WHOLE ? "a whole number" : "a number") + range();
        }
    }

    private static String channelKeys() {
        return Arrays.stream(Channel.values()).map(Channel::key).collect(Collectors.joining(", "));
    }

    private String range() {
        if (min == Double.MIN_VALUE) {
            return " greater than 0";
        }
        boolean below = min != Double.NEGATIVE_INFINITY;
        boolean above = max != Double.POSITIVE_INFINITY;
        if (below && above) {
            return " from " + plain(min) + " to " + plain(max);
        }
        return above ? " of at most " + plain(max) : below ? " of at least " + plain(min) : "";
    }

    private static String plain(double number) {
        return new BigDecimal(number).toPlainString();
    }

    /** Returns the option of a key, or null. Underscores and hyphens are equivalent. */
    public static @Nullable Option ofKey(String key) {
        String wanted = key.replace('-', '_');
        for (Option option : values()) {
            if (option.key.equals(wanted)) {
                return option;
            }
        }
        return null;
    }

    /** Returns the value of a text as a Double, Integer, Boolean, String or, for columns, a Map. */
    Object parse(String text) throws InvalidOptionException {
        String value = text.trim();
        switch (kind) {
            case CHOICE:
                if (choices.contains(value)) {
                    return value;
                }
                break;
            case FLAG:
                if (value.equals("true") || value.equals("false")) {
                    return value.equals("true");
                }
                break;
            case FILE:
                if (!value.isEmpty()) {
                    return value;
                }
                break;
            case COLUMNS:
                Map<String, String> columns = parseColumns(text);
                if (columns != null) {
                    return columns;
                }
                break;
            default:
                Object number = parseNumber(value);
                if (number != null) {
                    return number;
                }
        }
        throw new InvalidOptionException(this, text);
    }

    /** Returns headers by channel in the order of {@link Channel}; the last of several headers of a channel counts. */
    private static @Nullable Map<String, String> parseColumns(String text) {
        Map<Channel, String> headers = new EnumMap<>(Channel.class);
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            Channel channel =
                    equals < 0 ? null : Channel.ofKey(line.substring(0, equals).trim());
            String header = line.substring(equals + 1).trim();
            if (channel == null || header.isEmpty()) {
                return null;
            }
            headers.put(channel, header);
        }
        Map<String, String> columns = new LinkedHashMap<>();
        headers.forEach((channel, header) -> columns.put(channel.key(), header));
        return Collections.unmodifiableMap(columns);
    }

    /** Returns a value, of a run or of a file of options, as a text that {@link AnalysisOptions#of} takes. */
    public static String text(Object value) {
        if (value instanceof Map<?, ?> columns) {
            return columns.entrySet().stream()
                    .map(column -> column.getKey() + "=" + column.getValue())
                    .collect(Collectors.joining("\n"));
        }
        return value.toString();
    }

    private @Nullable Object parseNumber(String value) {
        if (!isDecimal(value)) {
            return null;
        }
        double number = Double.parseDouble(value);
        if (Double.isInfinite(number) || number < min || number > max) {
            return null;
        }
        if (kind == Kind.WHOLE) {
            return number == Math.rint(number) ? (Object) (int) number : null;
        }
        return number + 0.0;
    }

    /** Whether a text is a sign, digits with a point and an exponent. Without regular expressions, which start slowly. */
    private static boolean isDecimal(String value) {
        int exponent = Math.max(value.indexOf('e'), value.indexOf('E'));
        String mantissa = unsigned(exponent < 0 ? value : value.substring(0, exponent));
        int point = mantissa.indexOf('.');
        String digits = point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1);
        return isDigits(digits) && (exponent < 0 || isDigits(unsigned(value.substring(exponent + 1))));
    }

    private static String unsigned(String number) {
        return number.startsWith("+") || number.startsWith("-") ? number.substring(1) : number;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
