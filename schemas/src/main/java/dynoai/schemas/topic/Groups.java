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

    /** The group that decides about uploaded logs: each partition, and so each shop, has one member. */
    public static String admit(Namespace namespace) {
        return namespace.id("admit");
    }

    /** The group that decides about large uploaded logs. */
    public static String admitLarge(Namespace namespace) {
        return namespace.id("admit-large");
    }
}
