package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.kafka.ServersWithABug;
import dynoai.schemas.stage.RecordedFailures;
import dynoai.schemas.store.FolderStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestStageTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path temp;

    private final Recorded events = new Recorded();

    private static final class Recorded extends RecordedFailures implements IngestEvents {}

    private IngestStage start(Map<String, Object> client) throws Exception {
        FolderSettings folder = FolderSettings.of(temp.resolve("drop"), new FolderStore(temp.resolve("store")))
                .watch(false);
        return IngestStage.start(
                new IngestSettings(
                        List.of(folder),
                        temp.resolve("ledger"),
                        new KafkaClients(client, Namespace.DEFAULT),
                        "here/one",
                        false),
                events);
    }

    @Test
    void bug_endsTheStageAndIsNoRetry() throws Exception {
        // When
        try (IngestStage stage = start(Map.of("bootstrap.servers", new ServersWithABug()))) {
            await().atMost(TIMEOUT).until(() -> stage.failure().isPresent());
            // Then
            assertThat(events.texts()).containsExactly("bug in ingest: no server 0");
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
                    .until(() -> events.texts().size() >= 2 || stage.failure().isPresent());
            // Then
            assertThat(events.texts()).containsOnly("retry ingest");
            assertThat(stage.failure()).isEmpty();
        }
    }
}
