package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.run.IngestEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestStageTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path temp;

    private final List<String> events = new CopyOnWriteArrayList<>();

    private final IngestEvents recorded = new IngestEvents() {
        @Override
        public void transientFailure(String where, Exception cause) {
            events.add("retry " + where);
        }

        @Override
        public void failed(String stage, Throwable bug) {
            events.add("bug in " + stage + ": " + bug.getMessage());
        }
    };

    /** Fails outside of Kafka's own code for errors, like a bug of DynoAI. */
    private static final class ServersWithABug extends AbstractList<String> {
        @Override
        public String get(int index) {
            throw new IllegalStateException("no server " + index);
        }

        @Override
        public int size() {
            return 1;
        }
    }

    private IngestStage start(Map<String, Object> client) throws Exception {
        FolderSettings folder =
                FolderSettings.of(temp.resolve("drop"), temp.resolve("store")).watch(false);
        return IngestStage.start(new IngestSettings(folder, client, "here/one", false), recorded);
    }

    @Test
    void bug_endsTheStageAndIsNoRetry() throws Exception {
        // When
        try (IngestStage stage = start(Map.of("bootstrap.servers", new ServersWithABug()))) {
            await().atMost(TIMEOUT).until(() -> stage.failure().isPresent());
            // Then
            assertThat(events).containsExactly("bug in ingest: no server 0");
            assertThat(stage.notReadyReason()).contains("no server 0");
        }
    }

    @Test
    void unreachableKafka_isRetriedEvenIfItsClientsFailToClose() throws Exception {
        // Given
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "max.block.ms",
                10,
                "metric.reporters",
                UnclosableReporter.class.getName());
        // When
        try (IngestStage stage = start(client)) {
            await().atMost(TIMEOUT)
                    .until(() -> events.size() >= 2 || stage.failure().isPresent());
            // Then
            assertThat(events).containsOnly("retry ingest");
            assertThat(stage.failure()).isEmpty();
        }
    }
}
