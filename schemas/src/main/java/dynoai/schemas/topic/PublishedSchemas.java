package dynoai.schemas.topic;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Schemas of other versions, read from their topic when needed. A writer publishes before its first record. */
public final class PublishedSchemas implements WriterSchemas {
    public static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(200);

    /** A reader retries within this time; after it, the record has been assigned to another instance. */
    private static final Duration MAX_RETRY_INTERVAL = Duration.ofSeconds(60);

    private final KafkaClients clients;
    private final Duration timeout;
    private final Runnable changed;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final Map<String, Missing> missing = new ConcurrentHashMap<>();

    private record Missing(String why, long since) {}

    /** @param client the operator's client properties */
    public PublishedSchemas(Map<String, Object> client) {
        this(client, TIMEOUT, () -> {});
    }

    /**
     * @param client the operator's client properties
     * @param timeout of the wait for a schema
     * @param changed called when {@link #awaited} may have changed
     */
    public PublishedSchemas(Map<String, Object> client, Duration timeout, Runnable changed) {
        this.clients = new KafkaClients(client);
        this.timeout = timeout;
        this.changed = changed;
    }

    /** Why records cannot be read, from the first timeout of a schema until it is published; otherwise empty. */
    public String awaited() {
        long oldest = System.nanoTime() - timeout.plus(MAX_RETRY_INTERVAL).toNanos();
        return missing.values().stream()
                .filter(schema -> schema.since() - oldest > 0)
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
            } catch (UnknownSchemaException e) {
                missing.put(wanted, new Missing(String.valueOf(e.getMessage()), System.nanoTime()));
                changed.run();
                throw e;
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
        Map<String, ?> uncommitted = Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (KafkaConsumer<String, byte[]> consumer = clients.consumer(Map.of(), uncommitted)) {
            TopicPartition partition = new TopicPartition(Topics.SCHEMAS, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (System.nanoTime() - started < timeout.toNanos()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.key() != null && record.value() != null) {
                        known.put(record.key(), new String(record.value(), StandardCharsets.UTF_8));
                    }
                }
                String json = known.get(wanted);
                if (json != null) {
                    return json;
                }
            }
        } catch (InterruptException interrupted) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            throw new UnknownSchemaException(
                    fingerprint, "schema " + wanted + " could not be looked up: " + e.getMessage());
        }
        throw new UnknownSchemaException(
                fingerprint,
                "a record was written with schema " + wanted + ", which is not on " + Topics.SCHEMAS + " after "
                        + timeout.toSeconds() + " s");
    }
}
