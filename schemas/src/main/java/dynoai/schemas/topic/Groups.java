package dynoai.schemas.topic;

import dynoai.schemas.kafka.Namespace;

/** The consumer groups of the stages. */
public final class Groups {
    private Groups() {}

    /** The analyzer's Streams application id: its group and the prefix of its changelogs. */
    public static String analyzer(Namespace namespace) {
        return namespace.id("analyzer");
    }

    public static String exporter(Namespace namespace) {
        return namespace.id("exporter");
    }
}
