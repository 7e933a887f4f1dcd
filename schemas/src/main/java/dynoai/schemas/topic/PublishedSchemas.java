package dynoai.schemas.topic;

import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Schemas of other versions, read from their topic when one is first met. A writer publishes before its first record, so
 * waiting a while for one is worth it.
 */
public final class PublishedSchemas implements WriterSchemas {
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(200);

    /** A reader that waits for a schema asks again within this time; an older request is from another instance. */
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(60);

    private final Map<String, Object> client;
    private final Duration patience;
    private final Runnable changed;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final Map<String, Missing> missing = new ConcurrentHashMap<>();

    private record Missing(String why, long askedAt) {}

    /** @param client connection settings: bootstrap servers, security */
    public PublishedSchemas(Map<String, Object> client) {
        this(client, PATIENCE, () -> {});
    }

    /**
     * @param patience how long to wait for a schema before telling so
     * @param changed is run whenever {@link #awaited} may tell something else
     */
    public PublishedSchemas(Map<String, Object> client, Duration patience, Runnable changed) {
        this.client = new HashMap<>(client);
        this.patience = patience;
        this.changed = changed;
    }

    /** Why records cannot be read, from the timeout of a wait for a schema until the schema arrives; empty if all can be read. */
    public String awaited() {
        long oldest = System.nanoTime() - patience.plus(ASKED_AGAIN).toNanos();
        return missing.values().stream()
                .filter(one -> one.askedAt() - oldest > 0)
                .map(Missing::why)
                .findFirst()
                .orElse("");
    }

    @Override
    public String json(long fingerprint) {
        String wanted = UnknownSchemaException.text(fingerprint);
        String json = known.get(wanted);
        if (json == null) {
            try {
                json = await(fingerprint, wanted);
            } catch (UnknownSchemaException none) {
                missing.put(wanted, new Missing(String.valueOf(none.getMessage()), System.nanoTime()));
                changed.run();
                throw none;
            }
        }
        if (missing.remove(wanted) != null) {
            changed.run();
        }
        return json;
    }

    private synchronized String await(long fingerprint, String wanted) {
        String earlier = known.get(wanted);
        if (earlier != null) {
            return earlier;
        }
        long started = System.nanoTime();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            TopicPartition partition = new TopicPartition(Topics.SCHEMAS, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (System.nanoTime() - started < patience.toNanos()) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    if (record.key() != null && record.value() != null) {
                        known.put(record.key(), record.value());
                    }
                }
                String json = known.get(wanted);
                if (json != null) {
                    return json;
                }
            }
        } catch (InterruptException interrupted) {
            Thread.currentThread().interrupt();
        } catch (KafkaException failed) {
            throw new UnknownSchemaException(
                    fingerprint, "schema " + wanted + " could not be looked up: " + failed.getMessage());
        }
        throw new UnknownSchemaException(
                fingerprint,
                "a record was written with schema " + wanted + ", which is not on " + Topics.SCHEMAS + " after "
                        + patience.toSeconds() + " s");
    }

    private KafkaConsumer<String, String> consumer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }
}
