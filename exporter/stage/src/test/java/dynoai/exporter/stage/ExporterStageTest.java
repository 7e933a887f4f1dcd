package dynoai.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.exporter.shelf.FolderShelf;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.kafka.ServersWithABug;
import dynoai.schemas.stage.RecordedFailures;
import dynoai.schemas.store.FolderStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterStageTest {
    @TempDir
    Path temp;

    private final Recorded events = new Recorded();

    private static final class Recorded extends RecordedFailures implements ExporterEvents {}

    @Test
    void bug_endsTheStageAndIsNoRetry() throws Exception {
        // Given
        Map<String, Object> client = Map.of("bootstrap.servers", new ServersWithABug());
        ExporterSettings settings = new ExporterSettings(
                new FolderShelf(temp.resolve("runs"), "test"),
                new FolderStore(temp.resolve("store")),
                new KafkaClients(client, Namespace.DEFAULT),
                "test",
                1,
                false);
        // When
        try (ExporterStage stage = ExporterStage.start(settings, events)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> stage.failure().isPresent());
            // Then
            assertThat(events.texts()).containsExactly("bug in exporter: no server 0");
            assertThat(stage.notReadyReason()).contains("no server 0");
        }
    }
}
