package dynoai.exporter.manifest;

/** The stages of a run, in their order. */
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

    /** Its name in manifests. */
    public String key() {
        return key;
    }
}
