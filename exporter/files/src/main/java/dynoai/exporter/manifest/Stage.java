package dynoai.exporter.manifest;

/** The steps of an analysis in order, as manifests name the last completed one. */
public enum Stage {
    PARSE("parse"),
    AGGREGATE("aggregate"),
    KERNELS("kernels"),
    DIAGNOSE("diagnose"),
    EXPORT("export");

    private final String key;

    Stage(String key) {
        this.key = key;
    }

    /** Returns its name in manifests. */
    public String key() {
        return key;
    }
}
