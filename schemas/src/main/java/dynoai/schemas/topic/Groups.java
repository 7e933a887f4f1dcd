package dynoai.schemas.topic;

/** The consumer groups of the stages. */
public final class Groups {
    /** The analyzer's Streams application id: its group and the prefix of its changelogs. */
    public static final String ANALYZER = "dynoai-analyzer";

    public static final String EXPORTER = "dynoai-exporter";

    private Groups() {}
}
