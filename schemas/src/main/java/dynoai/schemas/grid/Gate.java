package dynoai.schemas.grid;

/** The first gate that a row fails for a cylinder, or accepted; in the order of evaluation. */
public enum Gate {
    NO_REQUESTED_AFR("no_requested_afr"),
    BAD_AFR("bad_afr_or_request_afr"),
    IAT_OUT_OF_RANGE("temp_out_of_range"),
    RPM_OUT_OF_RANGE("rpm_out_of_range"),
    MAP_OUT_OF_RANGE("map_out_of_range"),
    TPS_OUT_OF_RANGE("tps_out_of_range"),
    LOW_LOAD("low_load"),
    ACCEPTED("accepted_wb");

    private static final Gate[] ALL = values();
    public static final int COUNT = ALL.length;

    private final String key;

    Gate(String key) {
        this.key = key;
    }

    /** The name of the counter in manifests. */
    public String key() {
        return key;
    }

    public static Gate of(int ordinal) {
        return ALL[ordinal];
    }
}
