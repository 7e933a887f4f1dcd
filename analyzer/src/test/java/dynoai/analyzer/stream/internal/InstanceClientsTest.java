package dynoai.analyzer.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Groups;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceClientsTest {
    private static final String INSTANCE = "dyno-1";

    @TempDir
    Path state;

    @Test
    void producer_isNamedAfterItsGroupMember() {
        // Given
        Map<String, Object> given = givenByStreams();
        // When
        String named = new InstanceClients(Groups.analyzer(Namespace.DEFAULT), INSTANCE)
                .transactionalId(given.get("transactional.id").toString());
        // Then
        assertThat(named).isEqualTo(Groups.analyzer(Namespace.DEFAULT) + '-' + given.get("group.instance.id"));
    }

    @Test
    void producerOfKafkaStreams_isNotNamedAfterTheInstance() {
        // When
        Map<String, Object> given = givenByStreams();
        // Then
        assertThat(given.get("transactional.id").toString())
                .as("Kafka Streams names it after the instance now, and InstanceClients is unnecessary")
                .doesNotContain(INSTANCE);
    }

    /** The names that Kafka Streams gives its clients; no broker is needed to create them. */
    private Map<String, Object> givenByStreams() {
        Map<String, Object> given = new ConcurrentSkipListMap<>();
        Topology topology = new Topology();
        topology.addSource("source", "topic");
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, Groups.analyzer(Namespace.DEFAULT));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.mainConsumerPrefix("group.instance.id"), INSTANCE);
        var clients = new DefaultKafkaClientSupplier() {
            @Override
            public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
                given.put("transactional.id", config.get("transactional.id"));
                return super.getProducer(config);
            }

            @Override
            public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
                given.put("group.instance.id", config.get("group.instance.id"));
                return super.getConsumer(config);
            }
        };
        new KafkaStreams(topology, settings, clients).close();
        return given;
    }
}
