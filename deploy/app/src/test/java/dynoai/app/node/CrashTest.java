package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandProcess;
import dynoai.schemas.fault.CrashPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Promise 2 at the worst instants: the node kills itself at each of its named points. */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class CrashTest {
    private static final int KILLED = 137;
    private static final long MAX_WAIT_SECONDS = 120;
    private static final int TIMES = 3;

    /** What the build tries: one point on each side of every commit and rename that matters most. */
    private static final List<CrashPoint> SELECTION = List.of(
            CrashPoint.INGEST_AFTER_CLAIM,
            CrashPoint.INGEST_BEFORE_COMMIT,
            CrashPoint.INGEST_AFTER_COMMIT,
            CrashPoint.ANALYZER_MID_RUN,
            CrashPoint.EXPORTER_AFTER_RENAME,
            CrashPoint.INGEST_MID_END);

    /** Passed once per record or block: kill at the first, second and third. */
    private static final Set<CrashPoint> PASSED_OFTEN =
            Set.of(CrashPoint.INGEST_MID_TRANSACTION, CrashPoint.ANALYZER_MID_RUN);

    @TempDir
    Path temp;

    @Test
    void killsAtSelectedPoints_loseAndDuplicateNothing() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        // When
        for (CrashPoint point : SELECTION) {
            home.dropLog();
            killAt(home, point, 1);
        }
        finish(home);
        // Then
        home.holdsEveryPromise();
    }

    @Test
    void filtersThatCrossBlocks_areEqualToTheBatchAfterAKillMidRun() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp, Map.of("afr_delay", "130", "max_tps_rate", "60"));
        home.dropLogs(2);
        // When
        killAt(home, CrashPoint.ANALYZER_MID_RUN, 2);
        finish(home);
        // Then
        home.holdsEveryPromise();
    }

    @Test
    @EnabledIfSystemProperty(named = "dynoai.nightly", matches = "true")
    void crashAtEveryPoint_losesAndDuplicatesNothing() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        KillReport report = new KillReport("crash points");
        String wanted = System.getProperty("dynoai.crash.points", ".*");
        List<CrashPoint> points = Stream.of(CrashPoint.values())
                .filter(point -> point.name().matches(wanted) && !point.name().matches("(AGENT|RETENTION)_.*"))
                .toList();
        home.dropLog();
        // When
        for (CrashPoint point : points) {
            for (int time = 1; time <= TIMES; time++) {
                dropEveryKind(home, time);
                killAt(home, point, PASSED_OFTEN.contains(point) ? time : 1);
                report.killed("up", point.key(), home);
            }
        }
        finish(home);
        // Then
        report.publish();
        home.holdsEveryPromise();
    }

    private static void dropEveryKind(NodeFixture home, int time) throws Exception {
        if (time == 2) {
            home.dropBroken();
        } else if (time == TIMES) {
            home.dropAgain(0);
        }
        home.dropLog();
    }

    /** Nothing else kills it, so an exit by SIGKILL is from the crash point. */
    private static void killAt(NodeFixture home, CrashPoint point, int nth) throws Exception {
        CommandProcess node = CommandProcess.up(home.folder(), Optional.of(point.key() + ":" + nth));
        assertThat(node.awaitEnd(MAX_WAIT_SECONDS))
                .as(point + ": " + node.said())
                .isEqualTo(KILLED);
    }

    private static void finish(NodeFixture home) throws Exception {
        CommandProcess node = CommandProcess.up(home.folder(), Optional.empty(), "--exit-when-idle", "1");
        assertThat(node.awaitEnd(MAX_WAIT_SECONDS)).as(node.said()).isZero();
    }
}
