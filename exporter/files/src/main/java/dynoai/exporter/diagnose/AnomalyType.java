package dynoai.exporter.diagnose;

/** The types of anomalies, in the order of the reports. */
public enum AnomalyType {
    SPATIAL_DISCONTINUITY("spatial_discontinuity", "A cell unlike its neighbours"),
    CYLINDER_IMBALANCE("cylinder_imbalance", "Cylinders far apart"),
    LOW_MAP_LEAN("low_map_lean", "Lean at high vacuum"),
    KNOCK_CLUSTER("knock_cluster", "Knock"),
    BATTERY_CORRELATION("battery_correlation", "Correction follows battery voltage");

    private final String key;
    private final String title;

    AnomalyType(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** Returns its name in JSON. */
    public String key() {
        return key;
    }

    /** Returns its name in reports. */
    public String title() {
        return title;
    }
}
