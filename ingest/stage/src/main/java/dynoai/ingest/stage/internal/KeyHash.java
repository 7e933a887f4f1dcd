package dynoai.ingest.stage.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/**
 * The hash by which Kafka's default partitioner chooses the partition of a key. Other topics are filled by that partitioner, so
 * a run's partition there is found by the same hash; {@code KafkaProducer} offers no public way to ask for it.
 *
 * <p>Remove when {@code KafkaProducer} offers the partition of a key; {@code RunLogPartitionsTest} shows the partitions.
 */
public final class KeyHash {
    private KeyHash() {}

    /** Returns the hash of a key, not negative. */
    public static int of(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8)));
    }
}
