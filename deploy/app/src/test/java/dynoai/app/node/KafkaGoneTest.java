package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandProcess;
import dynoai.broker.PartitionTruncator;
import dynoai.schemas.fault.CrashPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every run appears once even if Kafka loses records or all of its data. */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class KafkaGoneTest {
    private static final long MAX_WAIT_SECONDS = 180;

    /** Crash points that leave runs in every state. */
    private static final List<CrashPoint> DEATHS =
            List.of(CrashPoint.INGEST_AFTER_COMMIT, CrashPoint.ANALYZER_AFTER_RESULT, CrashPoint.EXPORTER_AFTER_RENAME);

    @TempDir
    Path temp;

    @Test
    void dataDirectoryDeletedWithRunsInFlight_allRunsStillAppearOnce() throws Exception {
        // Given
        NodeFixture home = inFlight();
        // When
        home.deleteData();
        finish(home);
        // Then
        home.holdsEveryPromise();
    }

    /** Truncates logs as the loss of the page cache does, by different amounts. */
    @ParameterizedTest
    @MethodSource("cuts")
    void truncatedPartitions_allRunsStillAppearOnce(int batches) throws Exception {
        // Given
        NodeFixture home = inFlight();
        // When
        PartitionTruncator.cut(home.data().resolve("kafka"), "dynoai", batches);
        PartitionTruncator.cut(home.data().resolve("kafka"), "__", 1 + batches / 2);
        finish(home);
        // Then
        home.holdsEveryPromise();
    }

    static IntStream cuts() {
        return Boolean.getBoolean("dynoai.nightly") ? IntStream.of(1, 2, 4, 8, 16, 50) : IntStream.of(4);
    }

    private NodeFixture inFlight() throws Exception {
        NodeFixture home = new NodeFixture(temp);
        for (CrashPoint death : DEATHS) {
            home.dropLogs(2);
            CommandProcess node = CommandProcess.up(temp, Optional.of(death.key()));
            assertThat(node.awaitEnd(MAX_WAIT_SECONDS)).as(node.said()).isEqualTo(137);
        }
        return home;
    }

    private void finish(NodeFixture home) throws Exception {
        CommandProcess node = CommandProcess.up(home.folder(), Optional.empty(), "--exit-when-idle", "1");
        assertThat(node.awaitEnd(MAX_WAIT_SECONDS)).as(node.said()).isZero();
    }
}
