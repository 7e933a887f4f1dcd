package dynoai.analyzer.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Window stores without a window, which Kafka Streams opens once for each partition. */
class AlwaysSegmentedWindowStoreTest {
    private static final Duration RETENTION = Duration.ofDays(14);
    private static final Duration WINDOW = Duration.ofMillis(1);
    private static final TopicPartition CHANGELOG = new TopicPartition("test-windows-changelog", 0);

    @TempDir
    Path state;

    @Test
    void emptyStore_keepsItsChangelogOffset() {
        // Given
        WindowBytesStoreSupplier ours = AlwaysSegmentedWindowStore.supplier("windows", RETENTION, WINDOW);
        // When
        Long offset = offsetAfterCommit(ours);
        // Then
        assertThat(offset).isEqualTo(5);
    }

    @Test
    void emptyStoreOfKafka_losesItsChangelogOffset() {
        // Given
        WindowBytesStoreSupplier kafkas = Stores.persistentWindowStore("windows", RETENTION, WINDOW, false);
        // When
        Long offset = offsetAfterCommit(kafkas);
        // Then
        assertThat(offset)
                .as("Kafka's store keeps the offset now, and AlwaysSegmentedWindowStore is unnecessary")
                .isNull();
    }

    private Long offsetAfterCommit(WindowBytesStoreSupplier supplier) {
        Topology topology = new Topology();
        topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic");
        topology.addProcessor("processor", Ignoring::new, "source");
        topology.addStateStore(Stores.windowStoreBuilder(supplier, Serdes.String(), Serdes.ByteArray()), "processor");
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings)) {
            StateStore store = driver.getWindowStore("windows");
            store.commit(Map.of(CHANGELOG, 5L));
            return store.committedOffset(CHANGELOG);
        }
    }

    private static final class Ignoring extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }
}
