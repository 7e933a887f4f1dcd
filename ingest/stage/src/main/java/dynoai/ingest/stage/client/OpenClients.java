package dynoai.ingest.stage.client;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** Opens the Kafka clients of one connection, and closes them together. */
public final class OpenClients implements AutoCloseable {
    private static final int CALL_TIMEOUT_MILLIS = 15_000;
    private static final int MAX_RECORDS = 10_000;
    private static final int BATCH_BYTES = 512 * 1024;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private static final Map<String, Object> CONSUMER_DEFAULTS = Map.of(
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            CALL_TIMEOUT_MILLIS,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            100);
    private static final Map<String, Object> PRODUCER_DEFAULTS = Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG,
            BATCH_BYTES,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            CALL_TIMEOUT_MILLIS,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            2 * CALL_TIMEOUT_MILLIS,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            Topics.MAX_DEAD_LETTER_BYTES,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            2L * Topics.MAX_DEAD_LETTER_BYTES);

    private final KafkaClients clients;
    private final Deque<Runnable> closing = new ArrayDeque<>();

    public OpenClients(KafkaClients clients) {
        this.clients = clients;
    }

    /** Opens a consumer without a group. */
    public Consumer<String, byte[]> consumer(String isolationLevel) {
        Consumer<String, byte[]> consumer =
                clients.consumer(CONSUMER_DEFAULTS, Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolationLevel));
        closing.push(consumer::close);
        return consumer;
    }

    /** Opens a consumer of committed records that fails at an offset that does not exist. */
    public Consumer<String, byte[]> positionedConsumer() {
        Consumer<String, byte[]> consumer = clients.consumer(
                CONSUMER_DEFAULTS,
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        MAX_RECORDS));
        closing.push(consumer::close);
        return consumer;
    }

    public Producer<String, byte[]> producer(String transactionalId, Duration transactionTimeout) {
        Producer<String, byte[]> producer = clients.producer(
                PRODUCER_DEFAULTS,
                Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        transactionalId,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        Math.toIntExact(transactionTimeout.toMillis())));
        closing.push(() -> producer.close(CLOSE_TIMEOUT));
        return producer;
    }

    public Admin admin() {
        Admin admin = clients.admin();
        closing.push(() -> admin.close(CLOSE_TIMEOUT));
        return admin;
    }

    /** Closes the clients after a failure, which stays the one to report. */
    public void closeAfter(Exception failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Closes every client, even if closing another one fails. */
    @Override
    public void close() {
        @Nullable RuntimeException failure = null;
        for (Runnable close : closing) {
            try {
                close.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
