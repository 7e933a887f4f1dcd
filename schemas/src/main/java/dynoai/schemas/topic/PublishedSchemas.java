package dynoai.schemas.topic;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of other versions, read from their topic when needed. A writer publishes its schemas before its first record, and the
 * broker acknowledges them, so a schema is awaited only briefly. Thread-safe.
 */
public final class PublishedSchemas implements WriterSchemas, AutoCloseable {
    public static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final long MAX_READ_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Within this time, all waits together last one timeout: records of many unknown schemas stop no reader. */
    private static final long WAITS_NANOS = TimeUnit.SECONDS.toNanos(100);

    /** How long a consumer is used, so that a deleted and recreated topic is read again. */
    private static final long MAX_CONSUMER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final KafkaClients clients;
    private final TopicPartition schemas;
    private final long timeoutNanos;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private @Nullable KafkaConsumer<String, byte[]> consumer;
    private long consumerOpened;
    private long waitsBegan;
    private long waitedNanos;

    public PublishedSchemas(KafkaClients clients) {
        this(clients, TIMEOUT);
    }

    /** @param timeout of the wait for a schema */
    public PublishedSchemas(KafkaClients clients, Duration timeout) {
        this.clients = clients;
        this.schemas = new TopicPartition(Topics.schemas(clients.namespace()), 0);
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
                    "a record was written with schema " + wanted + ", which is not published on " + schemas.topic());
        }
        return json;
    }

    private synchronized @Nullable String await(String wanted) {
        long began = System.nanoTime();
        if (waitedNanos == 0 || began - waitsBegan > WAITS_NANOS) {
            waitsBegan = began;
            waitedNanos = 0;
        }
        boolean read = false;
        try {
            String json = read(wanted, began + timeoutNanos - waitedNanos);
            read = true;
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
            if (!read) {
                close();
            }
        }
    }

    /** Reads to the end of the topic, then what is published until the deadline. */
    private @Nullable String read(String wanted, long deadline) {
        KafkaConsumer<String, byte[]> topic = openConsumer();
        while (true) {
            boolean last = System.nanoTime() - deadline >= 0;
            readToEnd(topic);
            String json = known.get(wanted);
            if (json != null || last) {
                return json;
            }
            poll(topic);
        }
    }

    private void readToEnd(KafkaConsumer<String, byte[]> topic) {
        long end = topic.endOffsets(List.of(schemas)).getOrDefault(schemas, 0L);
        long began = System.nanoTime();
        while (topic.position(schemas) < end) {
            poll(topic);
            if (System.nanoTime() - began > MAX_READ_NANOS) {
                throw new SchemaLookupException(schemas.topic() + " cannot be read to its end");
            }
        }
    }

    private void poll(KafkaConsumer<String, byte[]> topic) {
        for (ConsumerRecord<String, byte[]> record : topic.poll(POLL)) {
            if (record.key() != null && record.value() != null) {
                known.put(record.key(), new String(record.value(), StandardCharsets.UTF_8));
            }
        }
    }

    private KafkaConsumer<String, byte[]> openConsumer() {
        if (consumer != null && System.nanoTime() - consumerOpened > MAX_CONSUMER_NANOS) {
            close();
        }
        if (consumer == null) {
            consumer = clients.consumer(Map.of(), Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted"));
            consumerOpened = System.nanoTime();
            consumer.assign(List.of(schemas));
            consumer.seekToBeginning(List.of(schemas));
        }
        return consumer;
    }

    /** Closes the connection; the next lookup opens another one. */
    @Override
    public synchronized void close() {
        if (consumer != null) {
            KafkaConsumer<String, byte[]> open = consumer;
            consumer = null;
            open.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }
}
