package dynoai.schemas.topic;

import dynoai.schemas.kafka.Namespace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The partitions and replicas of the topics. They are fixed, because the partition of a run must not change.
 *
 * @param partitions of every topic that does not have exactly one
 * @param embedded whether size bounds disk use too, for the broker on a dyno PC
 */
public record TopicLayout(int partitions, short replication, boolean embedded) {
    static final String MIN_IN_SYNC = "min.insync.replicas";
    private static final long EMBEDDED_SEGMENT_BYTES = 64L * 1024 * 1024;
    private static final int REPLICAS_FOR_A_SECOND_COPY = 3;

    /** The layout of the embedded broker. */
    public static TopicLayout ofEmbeddedBroker() {
        return new TopicLayout(Topics.EMBEDDED_PARTITIONS, (short) 1, true);
    }

    /** The layout of an external cluster. */
    public static TopicLayout ofCluster(int replication) {
        return new TopicLayout(Topics.PARTITIONS, (short) replication, false);
    }

    /** Returns how many replicas must have a record before it counts as written: with three, one broker may be missing. */
    public int minInSyncReplicas() {
        return minInSyncReplicas(replication);
    }

    static int minInSyncReplicas(int replication) {
        return replication >= REPLICAS_FOR_A_SECOND_COPY ? 2 : 1;
    }

    /** The settings of every topic by name, including those of schemas and dead letters. */
    public Map<String, Settings> settings(Namespace namespace) {
        Map<String, Settings> all = new LinkedHashMap<>();
        for (Topic<?> topic : Topics.ALL) {
            all.put(topic.in(namespace), settings(topic));
        }
        Map<String, String> schemas = new LinkedHashMap<>();
        schemas.put("cleanup.policy", "compact");
        schemas.put(MIN_IN_SYNC, Integer.toString(minInSyncReplicas()));
        all.put(Topics.schemas(namespace), new Settings(1, schemas));
        Map<String, String> dead = new LinkedHashMap<>();
        dead.put("cleanup.policy", "compact,delete");
        dead.put("retention.ms", Long.toString(Topics.DEAD_LETTER_RETENTION.toMillis()));
        dead.put("max.message.bytes", Integer.toString(Topics.MAX_DEAD_LETTER_BYTES));
        dead.put(MIN_IN_SYNC, Integer.toString(minInSyncReplicas()));
        if (embedded) {
            dead.put("segment.bytes", Long.toString(EMBEDDED_SEGMENT_BYTES));
            dead.put("retention.bytes", Long.toString(Topics.DEAD_LETTER_EMBEDDED_BYTES));
        }
        all.put(Topics.deadLetters(namespace), new Settings(1, dead));
        return all;
    }

    /** What the brokers' defaults must not weaken in the changelogs; Kafka Streams creates them. */
    Settings changelogSettings() {
        return new Settings(partitions, Map.of(MIN_IN_SYNC, Integer.toString(minInSyncReplicas())));
    }

    private Settings settings(Topic<?> topic) {
        Map<String, String> configs = new LinkedHashMap<>();
        boolean unlimited = topic.retention().equals(Duration.ZERO);
        configs.put("cleanup.policy", !topic.compacted() ? "delete" : unlimited ? "compact" : "compact,delete");
        if (!unlimited) {
            configs.put("retention.ms", Long.toString(topic.retention().toMillis()));
        }
        configs.put("message.timestamp.type", "LogAppendTime");
        configs.put(MIN_IN_SYNC, Integer.toString(minInSyncReplicas()));
        configs.put("max.message.bytes", Integer.toString(topic.maxMessageBytes()));
        if (embedded) {
            configs.put("segment.bytes", Long.toString(EMBEDDED_SEGMENT_BYTES));
            if (topic.embeddedBytes() > 0) {
                configs.put("retention.bytes", Long.toString(topic.embeddedBytes()));
            }
        }
        return new Settings(topic.single() ? 1 : partitions, configs);
    }

    /** What a topic is created with and checked against. */
    public record Settings(int partitions, Map<String, String> configs) {}
}
