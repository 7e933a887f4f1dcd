package dynoai.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterStageTest {
    @TempDir
    Path temp;

    private final List<String> events = new CopyOnWriteArrayList<>();

    private final ExporterEvents recorded = new ExporterEvents() {
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

    @Test
    void bug_endsTheStageAndIsNoRetry() throws Exception {
        // Given
        Map<String, Object> client = Map.of("bootstrap.servers", new ServersWithABug());
        ExporterSettings settings =
                new ExporterSettings(temp.resolve("runs"), temp.resolve("store"), client, "test", 1, false);
        // When
        try (ExporterStage stage = ExporterStage.start(settings, recorded)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> stage.failure().isPresent());
            // Then
            assertThat(events).containsExactly("bug in exporter: no server 0");
            assertThat(stage.notReadyReason()).contains("no server 0");
        }
    }
}
