package dynoai.schemas.grid;

/**
 * The first gate that a row fails for a cylinder, or accepted; in the order of evaluation. An optional gate is a filter that
 * only some options turn on.
 */
public enum Gate {
    NO_REQUESTED_AFR("no_requested_afr"),
    NO_DELAYED_AFR("no_delayed_afr", true),
    BAD_AFR("bad_afr_or_request_afr"),
    IAT_OUT_OF_RANGE("temp_out_of_range"),
    RPM_OUT_OF_RANGE("rpm_out_of_range"),
    MAP_OUT_OF_RANGE("map_out_of_range"),
    TPS_OUT_OF_RANGE("tps_out_of_range"),
    LOW_LOAD("low_load"),
    OUTSIDE_GRID("outside_grid", true),
    THROTTLE_TRANSIENT("throttle_transient", true),
    COLD_ENGINE("cold_engine", true),
    FUEL_CUT("fuel_cut", true),
    ACCEPTED("accepted_wb");

    private static final Gate[] ALL = values();
    public static final int COUNT = ALL.length;

    private final String key;
    private final boolean optional;

    Gate(String key) {
        this(key, false);
    }

    Gate(String key, boolean optional) {
        this.key = key;
        this.optional = optional;
    }

    public boolean isOptional() {
        return optional;
    }

    /** The name of the counter in manifests. */
    public String key() {
        return key;
    }

    public static Gate of(int ordinal) {
        return ALL[ordinal];
    }
}
