package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.schemas.fault.CrashPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The runs of a dead analyzer go to the others, in the middle of a run and of a transaction. */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class AnalyzerFailoverTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final int LOGS = 12;
    private static final int ROWS = 5000;

    @TempDir
    Path temp;

    @Test
    void killedAnalyzer_othersFinishItsRuns() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        List<String> members = List.of("ingest", "analyzer-1", "analyzer-2", "exporter");
        try (StagesApart stages = StagesApart.start(home, members)) {
            CommandProcess dying = stages.start("analyzer-3", Optional.of(CrashPoint.ANALYZER_MID_RUN.key() + ":2"));
            for (String analyzer : List.of("analyzer-1", "analyzer-2", "analyzer-3")) {
                await().atMost(MAX_WAIT).until(() -> stages.get(analyzer).said().contains("ready    "));
            }
            // When
            for (int log = 0; log < LOGS; log++) {
                home.dropLog(ROWS);
            }
            int exitCode = dying.awaitEnd(MAX_WAIT.toSeconds());
            // Then
            assertThat(exitCode).isEqualTo(137);
            await().atMost(MAX_WAIT).until(home::isSettled);
        }
        home.holdsEveryPromise();
    }
}
