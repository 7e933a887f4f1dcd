package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Groups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions that never held a run: most of them, in a small shop. */
@Tag("broker")
class EmptyPartitionsTest {
    private static final int PARTITIONS = 4;

    @TempDir
    private Path temp;

    @Test
    void restart_keepsTheStoresOfEmptyPartitions() throws Exception {
        // Given
        Map<String, String> before;
        try (LiveNode node = new LiveNode(temp)) {
            awaitTasks(node.streams());
            before = stores();
        }

        // When
        try (LiveNode node = new LiveNode(temp)) {
            awaitTasks(node.streams());

            // Then
            assertThat(before).hasSize(PARTITIONS);
            assertThat(stores()).isEqualTo(before);
        }
    }

    private static void awaitTasks(KafkaStreams streams) {
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> streams.state() == KafkaStreams.State.RUNNING
                        && streams.metadataForLocalThreads().stream()
                                        .mapToInt(thread -> thread.activeTasks().size())
                                        .sum()
                                == PARTITIONS);
    }

    /** By task, the name that RocksDB gave its sums when it made them. */
    private Map<String, String> stores() throws IOException {
        Map<String, String> stores = new TreeMap<>();
        Path tasks = temp.resolve("data").resolve(NodeSettings.STATE).resolve(Groups.analyzer(Namespace.DEFAULT));
        for (int task = 0; task < PARTITIONS; task++) {
            Path made = tasks.resolve("0_" + task + "/rocksdb/run-aggregate/IDENTITY");
            if (Files.exists(made)) {
                stores.put("0_" + task, Files.readString(made));
            }
        }
        return stores;
    }
}
