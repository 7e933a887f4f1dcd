package dynoai.analyzer.stream;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The analyzer's settings.
 *
 * @param kafka the cluster and the namespace
 * @param layout of the topics, which the changelogs follow
 * @param stateDirectory kept across restarts, for this instance alone; losing it costs time, not data
 * @param instance name of this instance, the same across restarts
 * @param threads partitions processed at the same time
 * @param standbyReplicas copies of each partition's state on other instances
 */
public record AnalyzerSettings(
        KafkaClients kafka,
        TopicLayout layout,
        Path stateDirectory,
        String instance,
        int threads,
        int standbyReplicas) {
    private static final int MIB = 1024 * 1024;
    /** For all stores together. */
    private static final long STORE_BYTES = 96L * MIB;
    /** Longer than the longest single step, the end of a run of tens of millions of rows. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 120_000;

    Properties streams() {
        Properties properties = new Properties();
        properties.putAll(kafka.properties(defaults(), required()));
        return properties;
    }

    private Map<String, Object> required() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, Groups.analyzer(kafka.namespace()));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.Setter.class);
        settings.put(StoreMemory.SETTING, new StoreMemory(STORE_BYTES));
        // With group.protocol=streams, static membership needs Kafka 4.4 (KAFKA-20169).
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MILLIS);
        return settings;
    }

    private Map<String, Object> defaults() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) layout.replication());
        settings.put(
                StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                Integer.toString(layout.minInSyncReplicas()));
        // A killed instance rejoins under its name and continues within seconds.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 4 * MIB);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), MIB / 4);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.MAX_DEAD_LETTER_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 2L * Topics.MAX_OUTCOME_BYTES);
        return settings;
    }

    /** Topic settings of the changelogs. */
    Map<String, String> changelogs() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");
        settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, "3600000");
        if (layout.embedded()) {
            settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 * MIB));
            settings.put(TopicConfig.SEGMENT_MS_CONFIG, "3600000");
        }
        return settings;
    }
}
