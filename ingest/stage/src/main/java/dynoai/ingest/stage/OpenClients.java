package dynoai.ingest.stage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens Kafka clients with the operator's settings, and closes them together. */
final class OpenClients implements AutoCloseable {
    private static final int TRANSACTION_TIMEOUT_MS = 120_000;
    private static final int BLOCKED_MS = 15_000;
    private static final int BATCH_BYTES = 512 * 1024;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Map<String, Object> settings;
    private final Deque<Runnable> closing = new ArrayDeque<>();

    OpenClients(Map<String, Object> settings) {
        this.settings = settings;
    }

    Consumer<String, byte[]> consumer(String isolation) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, BLOCKED_MS);
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
        closing.push(consumer::close);
        return consumer;
    }

    /** The operator's settings override those for large batches, so that a cluster's limits can be met. */
    Producer<String, byte[]> producer(String transactionalId) {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_MS);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, BLOCKED_MS);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * BLOCKED_MS);
        all.putAll(settings);
        all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        Producer<String, byte[]> producer = new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
        closing.push(() -> producer.close(CLOSE_TIMEOUT));
        return producer;
    }

    Admin admin() {
        Admin admin = Admin.create(new HashMap<>(settings));
        closing.push(() -> admin.close(CLOSE_TIMEOUT));
        return admin;
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
