package dynoai.schemas.topic;

/** Who reads: the consumer groups of the stages, by which anyone can tell how far each has come. */
public final class Groups {
    /** The analyzer's Streams application id, hence its group and the prefix of its changelogs. */
    public static final String ANALYZER = "dynoai-analyzer";

    public static final String EXPORTER = "dynoai-exporter";

    private Groups() {}
}
