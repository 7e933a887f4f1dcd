package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An exporter whose store is not the ingest's fails no run: it says so and waits. */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class OtherStoreTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(120);

    @TempDir
    Path temp;

    @Test
    void exporterWithAnotherStore_reportsItAndExportsNothing() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp.resolve("home"));
        NodeFixture elsewhere = new NodeFixture(temp.resolve("elsewhere"));
        try (StagesApart stages = StagesApart.start(home, List.of("ingest", "analyzer"))) {
            CommandProcess lost =
                    CommandProcess.stage(elsewhere.folder(), "exporter", "exporter", stages.client(), Optional.empty());
            String health = lost.awaitReady() + "/health/ready";
            // When
            home.dropLog();
            await().atMost(MAX_WAIT).until(() -> lost.said().contains("writing runs paused: the store"));
            await().atMost(MAX_WAIT)
                    .untilAsserted(
                            () -> assertThat(LiveNode.text(health)).contains("not ready: exporter: ", "the store"));
            lost.kill();
            stages.start("exporter");
            await().atMost(MAX_WAIT).until(home::isSettled);
            // Then
            assertThat(lost.said()).contains("does not exist");
            assertThat(elsewhere.runFolders()).isZero();
        }
        home.holdsEveryPromise();
    }
}
