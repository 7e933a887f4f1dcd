package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.store.FolderStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An admit that is killed at each step: another one, or itself after a restart, ends every log once. */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class AdmitKillTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(120);
    private static final List<CrashPoint> STEPS = List.of(
            CrashPoint.INGEST_BEFORE_TRANSACTION,
            CrashPoint.INGEST_MID_TRANSACTION,
            CrashPoint.INGEST_BEFORE_COMMIT,
            CrashPoint.INGEST_AFTER_COMMIT,
            CrashPoint.INGEST_BEFORE_END,
            CrashPoint.INGEST_AFTER_END);

    @TempDir
    Path folder;

    @Test
    void killedAdmit_losesNoLogAndRunsNoneTwice() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(folder);
        try (StagesApart stages = StagesApart.start(home, List.of("analyzer", "exporter"));
                AcceptedUploads uploads = new AcceptedUploads(
                        home.folder(),
                        new FolderStore(home.folder().resolve("store")),
                        new KafkaClients(stages.client(), Namespace.DEFAULT))) {
            int log = 0;
            // When
            for (CrashPoint step : STEPS) {
                CommandProcess killed = stages.start("admit-1", Optional.of(step.key()));
                for (int i = 0; i < 6; i++) {
                    uploads.accept("shop-" + log % 4, "r" + log, log++);
                }
                await().atMost(MAX_WAIT).until(() -> !killed.isAlive());
            }
            stages.start("admit-2");
            uploads.awaitEnds();
            // Then
            uploads.runsAreThoseOfBatch();
            assertThat(log).isEqualTo(36);
        }
    }
}
