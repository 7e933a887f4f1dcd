package dynoai.exporter.diagnose;

/** What can look wrong about a run, in the order it is listed. */
public enum AnomalyType {
    SPATIAL_DISCONTINUITY("spatial_discontinuity"),
    CYLINDER_IMBALANCE("cylinder_imbalance"),
    LOW_MAP_LEAN("low_map_lean"),
    KNOCK_CLUSTER("knock_cluster"),
    BATTERY_CORRELATION("battery_correlation");

    private final String key;

    AnomalyType(String key) {
        this.key = key;
    }

    /** Its name in JSON. */
    public String key() {
        return key;
    }
}
