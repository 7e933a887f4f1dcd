package dynoai.exporter.stage;

import dynoai.schemas.topic.Groups;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the exporter's Kafka clients with the operator's settings. */
final class Clients {

    /** A transaction contains few results; a successor of a dead exporter waits at most this long for its end. */
    private static final int TRANSACTION_TIMEOUT_MS = 15_000;

    private static final int SESSION_TIMEOUT_MS = 6_000;
    private static final int HEARTBEAT_MS = 1_500;
    private static final int BLOCKED_MS = 15_000;
    private static final int RUNS_PER_RUNNER = 8;

    private Clients() {}

    static KafkaConsumer<String, byte[]> consumer(ExporterSettings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
        all.putAll(settings.client());
        all.put(ConsumerConfig.GROUP_ID_CONFIG, Groups.EXPORTER);
        all.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
        all.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.parallel() * RUNS_PER_RUNNER);
        return new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads without a group. */
    static KafkaConsumer<String, byte[]> reader(ExporterSettings settings) {
        Map<String, Object> all = new HashMap<>(settings.client());
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
    }

    static KafkaProducer<String, byte[]> producer(ExporterSettings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_MS);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, BLOCKED_MS);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * BLOCKED_MS);
        all.putAll(settings.client());
        all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, Groups.EXPORTER + "-" + settings.instance());
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
    }
}
