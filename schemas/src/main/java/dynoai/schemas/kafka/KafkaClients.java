package dynoai.schemas.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Creates the Kafka clients of a pipeline. Properties take precedence in this order, for every client: what correctness requires, then the
 * operator's properties, then DynoAI's defaults. {@link #ignoredProperties} names those of the operator that have no effect.
 */
public final class KafkaClients {
    /** Properties that exactly-once processing, ordering and group membership rely on. */
    private static final Set<String> RESERVED = Set.of(
            "processing.guarantee",
            "application.id",
            "state.dir",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    /**
     * A request that a dead broker or the network swallowed is sent again after this time. A stage waits no longer for it after
     * an outage.
     */
    private static final Map<String, Object> DEFAULTS = Map.of(
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
            CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 5_000L,
            CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 10_000L);

    /** Kafka Streams passes a property with one of these prefixes to one kind of its clients. */
    private static final Pattern STREAMS_PREFIX =
            Pattern.compile("^((main\\.|restore\\.|global\\.)?consumer|producer|admin)\\.");

    private final Map<String, Object> operator;
    private final Namespace namespace;

    /**
     * @param operator the operator's properties, bootstrap servers and security among them
     * @param namespace of the pipeline in the cluster
     */
    public KafkaClients(Map<String, ?> operator, Namespace namespace) {
        this.namespace = namespace;
        this.operator = new HashMap<>(operator);
        this.operator.keySet().removeIf(KafkaClients::isReserved);
    }

    public Namespace namespace() {
        return namespace;
    }

    /** Returns the servers, for messages. */
    public String bootstrap() {
        return String.valueOf(operator.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** The given properties that are ignored because correctness relies on the values that DynoAI sets. Sorted. */
    public static List<String> ignoredProperties(Map<String, ?> operator) {
        return operator.keySet().stream()
                .filter(KafkaClients::isReserved)
                .sorted()
                .toList();
    }

    private static boolean isReserved(String property) {
        return RESERVED.contains(STREAMS_PREFIX.matcher(property).replaceFirst(""));
    }

    /** Merges the properties of a client by the rule of precedence. */
    public Map<String, Object> properties(Map<String, ?> defaults, Map<String, ?> required) {
        Map<String, Object> merged = new HashMap<>(DEFAULTS);
        merged.putAll(defaults);
        merged.putAll(operator);
        merged.putAll(required);
        return merged;
    }

    /** Creates a consumer without a group. It reads partitions that are assigned by hand, from their beginning. */
    public KafkaConsumer<String, byte[]> reader() {
        return consumer(Map.of(), Map.of());
    }

    /** Creates a consumer that reads committed records and commits no offset by itself. */
    public KafkaConsumer<String, byte[]> consumer(Map<String, ?> defaults, Map<String, ?> required) {
        Map<String, Object> all = new HashMap<>();
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.putAll(required);
        return new KafkaConsumer<>(properties(defaults, all), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Creates an idempotent producer; it is transactional if the required properties have a transactional id. */
    public KafkaProducer<String, byte[]> producer(Map<String, ?> defaults, Map<String, ?> required) {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.putAll(required);
        return new KafkaProducer<>(properties(defaults, all), new StringSerializer(), new ByteArraySerializer());
    }

    public Admin admin() {
        return Admin.create(properties(Map.of(), Map.of()));
    }

    /** @param timeout of a call to Kafka, unless the operator set one */
    public Admin admin(Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        return Admin.create(properties(
                Map.of(
                        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis,
                        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis),
                Map.of()));
    }
}
