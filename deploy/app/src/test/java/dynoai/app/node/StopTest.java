package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandProcess;
import dynoai.schemas.fault.TimeLimit;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ctrl-C stops the node within five seconds in every state, and the next node completes its work. Other than the nightly run, a
 * build allows twelve times as long, since its machine is busy.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class StopTest {
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration MAX_WAIT = Duration.ofSeconds(180);

    @TempDir
    Path temp;

    @Test
    void ctrlCWhenIdle_stopsWithinFiveSeconds() throws Exception {
        // Given
        CommandProcess node = CommandProcess.up(temp, Optional.empty());
        await(() -> node.said().contains("ready    "));
        // When
        Stop stop = stop(node);
        // Then
        stop.isClean();
    }

    @Test
    void ctrlCUnderLoad_stopsWithinFiveSecondsAndLosesNothing() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        home.dropLogs(30);
        CommandProcess node = CommandProcess.up(temp, Optional.empty());
        await(() -> node.said("run ") > 1);
        // When
        Stop stop = stop(node);
        // Then
        stop.isClean();
        finish(home);
    }

    @Test
    void ctrlCWhileTheBrokerStarts_stopsWithinFiveSeconds() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        home.dropLog();
        CommandProcess node = CommandProcess.up(temp, Optional.empty());
        await(() -> Files.exists(temp.resolve("data/kafka/__cluster_metadata-0")));
        // When
        Stop stop = stop(node);
        // Then
        stop.isClean();
        finish(home);
    }

    @Test
    void ctrlCWhileTheStagesStart_stopsWithinFiveSeconds() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        home.dropLog();
        CommandProcess node = CommandProcess.up(temp, Optional.empty());
        await(() -> Files.exists(temp.resolve("data/kafka/" + Topics.RUN_LOG.in(Namespace.DEFAULT) + "-0")));
        // When
        Stop stop = stop(node);
        // Then
        stop.isClean();
        finish(home);
    }

    private static void await(Callable<Boolean> condition) {
        org.awaitility.Awaitility.await()
                .atMost(MAX_WAIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    private record Stop(CommandProcess node, int exitCode, Duration took) {
        void isClean() throws Exception {
            assertThat(exitCode).as(node.said()).isEqualTo(CommandProcess.INTERRUPTED);
            assertThat(took).isLessThan(TimeLimit.timeFor(PROMISED));
            assertThat(node.said()).doesNotContain("Exception");
        }
    }

    private static Stop stop(CommandProcess node) throws Exception {
        long asked = System.nanoTime();
        node.interrupt();
        int exitCode = node.awaitEnd(MAX_WAIT.toSeconds());
        return new Stop(node, exitCode, Duration.ofNanos(System.nanoTime() - asked));
    }

    private static void finish(NodeFixture home) throws Exception {
        CommandProcess next = CommandProcess.up(home.folder(), Optional.empty(), "--exit-when-idle", "1");
        assertThat(next.awaitEnd(2 * MAX_WAIT.toSeconds())).as(next.said()).isZero();
        home.holdsEveryPromise();
    }
}
