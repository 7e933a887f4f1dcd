package dynoai.schemas.option;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The resolved options of a run: the value of every {@link Option}, or null if it is not set. Immutable. */
public final class AnalysisOptions {
    private static final AnalysisOptions DEFAULTS = new AnalysisOptions(defaultValues());

    private final Map<Option, Object> values;

    private AnalysisOptions(Map<Option, Object> values) {
        this.values = values;
    }

    public static AnalysisOptions defaults() {
        return DEFAULTS;
    }

    /** Returns options from texts by key. */
    public static AnalysisOptions of(Map<String, String> given) throws InvalidOptionException {
        AnalysisOptions options = DEFAULTS;
        for (Map.Entry<String, String> entry : given.entrySet()) {
            options = options.with(optionOf(entry.getKey()), entry.getValue());
        }
        options.checkTogether();
        return options;
    }

    /** Returns the option of a key. */
    public static Option optionOf(String key) throws InvalidOptionException {
        Option option = Option.ofKey(key);
        if (option == null) {
            throw new InvalidOptionException(key, "unknown option '" + key + "'; the options are " + knownKeys());
        }
        return option;
    }

    /** Returns these options with one of them changed. Call {@link #checkTogether} when all are set. */
    public AnalysisOptions with(Option option, String text) throws InvalidOptionException {
        Map<Option, Object> changed = new EnumMap<>(values);
        changed.put(option, option.parse(text));
        return new AnalysisOptions(changed);
    }

    /** @throws InvalidOptionException for a combination that has no meaning or is unsafe */
    public void checkTogether() throws InvalidOptionException {
        if (mathVersion().isReplay()) {
            checkReplay();
        }
        if (text(Option.BASE_REAR) != null && text(Option.BASE_FRONT) == null) {
            throw new InvalidOptionException(Option.BASE_REAR.key(), "base_rear requires base_front");
        }
        if (number(Option.DECEL_RPM_MIN) >= number(Option.DECEL_RPM_MAX)) {
            throw new InvalidOptionException(
                    Option.DECEL_RPM_MIN.key(), "decel_rpm_min must be less than decel_rpm_max");
        }
    }

    private void checkReplay() throws InvalidOptionException {
        for (Option unit : new Option[] {Option.MAP_UNIT, Option.IAT_UNIT}) {
            if (text(unit) != null) {
                throw new InvalidOptionException(
                        unit.key(), unit.key() + " does not go with math version toolkit-1.2, which converts no units");
            }
        }
        if (weighsByHits()) {
            throw new InvalidOptionException(
                    Option.WEIGHTING.key(),
                    "weighting hits does not go with math version toolkit-1.2, which weighs by torque or hp");
        }
        if (whole(Option.MIN_SAMPLES) > 1) {
            throw new InvalidOptionException(
                    Option.MIN_SAMPLES.key(),
                    "min_samples does not go with math version toolkit-1.2, which keeps every cell");
        }
        if (text(Option.BASE_FRONT) != null && !flag(Option.ACCEPT_INVERTED_SIGN)) {
            throw new InvalidOptionException(
                    Option.BASE_FRONT.key(),
                    "base tables are refused with math version toolkit-1.2: its sign is inverted for fuelling, so a lean"
                            + " cell would be made leaner; set accept_inverted_sign if you mean it");
        }
    }

    public double number(Option option) {
        return ((Number) required(option)).doubleValue();
    }

    /** Returns the value of a number; NaN if it is not set. */
    public double numberOrNaN(Option option) {
        return values.get(option) == null ? Double.NaN : number(option);
    }

    public int whole(Option option) {
        return (Integer) required(option);
    }

    public boolean flag(Option option) {
        return (Boolean) required(option);
    }

    /** Returns the value of a choice or file, or null if it is not set. */
    public @Nullable String text(Option option) {
        return (String) values.get(option);
    }

    private Object required(Option option) {
        return Objects.requireNonNull(values.get(option), option.key());
    }

    public MathVersion mathVersion() {
        return Objects.requireNonNull(MathVersion.ofLabel((String) required(Option.MATH_VERSION)));
    }

    public boolean weighsByPower() {
        return "hp".equals(text(Option.WEIGHTING));
    }

    /** Whether every row weighs 1.0. */
    public boolean weighsByHits() {
        return "hits".equals(text(Option.WEIGHTING));
    }

    /** Returns the headers of columns by the key of the channel that they serve. */
    public Map<String, String> columns() {
        Object columns = values.get(Option.COLUMNS);
        Map<String, String> headers = new LinkedHashMap<>();
        if (columns instanceof Map<?, ?> map) {
            map.forEach((channel, header) -> headers.put((String) channel, (String) header));
        }
        return headers;
    }

    public boolean fillsAfrTargets() {
        return text(Option.AFR_TARGETS) != null;
    }

    /**
     * Returns the recorded options by key, in the order of {@link Option}: Double, Integer, Boolean, String, Map, or null if not
     * set. Options newer than version 1.0.0 are recorded only if they differ from their default.
     */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Option option : Option.values()) {
            if (isRecorded(option)) {
                map.put(option.key(), values.get(option));
            }
        }
        return Collections.unmodifiableMap(map);
    }

    /** Returns the recorded options that are set, as texts that {@link #of} reads back. */
    public Map<String, String> toTexts() {
        Map<String, String> map = new LinkedHashMap<>();
        for (Option option : Option.values()) {
            Object value = values.get(option);
            if (value != null && isRecorded(option)) {
                map.put(option.key(), Option.text(value));
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private boolean isRecorded(Option option) {
        return option.isAlwaysRecorded() || !Objects.equals(values.get(option), DEFAULTS.values.get(option));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnalysisOptions options && values.equals(options.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return toTexts().toString();
    }

    private static Map<Option, Object> defaultValues() {
        Map<Option, Object> defaults = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            if (option.defaultText() != null) {
                try {
                    defaults.put(option, option.parse(option.defaultText()));
                } catch (InvalidOptionException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return defaults;
    }

    private static String knownKeys() {
        StringBuilder keys = new StringBuilder();
        for (Option option : Option.values()) {
            keys.append(keys.length() == 0 ? "" : ", ").append(option.key());
        }
        return keys.toString();
    }
}
