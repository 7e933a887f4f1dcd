package dynoai.schemas.topic;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of other versions, read from their topic when needed. A writer publishes before its first record, so a schema is
 * awaited only for a limited time.
 */
public final class PublishedSchemas implements WriterSchemas {
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long MAX_READ_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Within this many timeouts, all waits together last one timeout: records of many unknown schemas stop no reader. */
    private static final int TIMEOUTS_PER_WAIT = 10;

    /** How long a schema that was not published is not looked up again. */
    private static final long UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int MAX_UNKNOWN = 1000;

    private final KafkaClients clients;
    private final long timeoutNanos;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final Map<String, Long> unknown = new LinkedHashMap<>();
    private long windowStart;
    private long waitedNanos;

    /** @param client the operator's client properties */
    public PublishedSchemas(Map<String, Object> client) {
        this(client, TIMEOUT);
    }

    /**
     * @param client the operator's client properties
     * @param timeout of the wait for a schema
     */
    public PublishedSchemas(Map<String, Object> client, Duration timeout) {
        this.clients = new KafkaClients(client);
        this.timeoutNanos = timeout.toNanos();
    }

    /** @throws SchemaLookupException if the topic cannot be read */
    @Override
    public String json(long fingerprint) {
        String wanted = UnknownSchemaException.text(fingerprint);
        String json = known.get(wanted);
        if (json == null) {
            json = await(wanted);
        }
        if (json == null) {
            throw new UnknownSchemaException(
                    fingerprint,
                    "a record was written with schema " + wanted + ", which is not published on " + Topics.SCHEMAS);
        }
        return json;
    }

    private synchronized @Nullable String await(String wanted) {
        String earlier = known.get(wanted);
        Long since = unknown.get(wanted);
        if (earlier != null || since != null && System.nanoTime() - since < UNKNOWN_NANOS) {
            return earlier;
        }
        long began = System.nanoTime();
        if (waitedNanos == 0 || began - windowStart > TIMEOUTS_PER_WAIT * timeoutNanos) {
            windowStart = began;
            waitedNanos = 0;
        }
        try {
            String json = read(wanted, began + timeoutNanos - waitedNanos);
            if (json == null) {
                unknown.remove(wanted);
                if (unknown.size() >= MAX_UNKNOWN) {
                    unknown.clear();
                }
                unknown.put(wanted, System.nanoTime());
            }
            return json;
        } catch (InterruptException interrupted) {
            Thread.currentThread().interrupt();
            throw new SchemaLookupException("the lookup of schema " + wanted + " was interrupted", interrupted);
        } catch (SchemaLookupException e) {
            throw e;
        } catch (KafkaException e) {
            throw new SchemaLookupException("schema " + wanted + " could not be looked up: " + e.getMessage(), e);
        } finally {
            waitedNanos = Math.min(timeoutNanos, waitedNanos + System.nanoTime() - began);
        }
    }

    /** Reads the whole topic, then what is published until the deadline. */
    private @Nullable String read(String wanted, long deadline) {
        Map<String, ?> uncommitted = Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (KafkaConsumer<String, byte[]> consumer = clients.consumer(Map.of(), uncommitted)) {
            TopicPartition partition = new TopicPartition(Topics.SCHEMAS, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (true) {
                boolean last = System.nanoTime() - deadline >= 0;
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                long began = System.nanoTime();
                do {
                    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                        if (record.key() != null && record.value() != null) {
                            known.put(record.key(), new String(record.value(), StandardCharsets.UTF_8));
                        }
                    }
                    if (System.nanoTime() - began > MAX_READ_NANOS) {
                        throw new SchemaLookupException(Topics.SCHEMAS + " cannot be read to its end");
                    }
                } while (consumer.position(partition) < end);
                String json = known.get(wanted);
                if (json != null || last) {
                    return json;
                }
            }
        }
    }
}
