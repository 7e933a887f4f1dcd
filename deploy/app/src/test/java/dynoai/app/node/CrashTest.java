package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.schemas.CrashPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Promise 2: nothing lost, nothing twice, nothing half, wherever the process is killed. The long ones are the nightly's. */
@DisabledOnOs(OS.WINDOWS)
class CrashTest {
    private static final int KILLED = 137;
    private static final long PATIENCE_SECONDS = 120;

    /** What the build tries: one point on each side of every commit and rename that matters most. */
    private static final List<CrashPoint> SELECTION = List.of(
            CrashPoint.INGEST_AFTER_CLAIM,
            CrashPoint.INGEST_BEFORE_COMMIT,
            CrashPoint.INGEST_AFTER_COMMIT,
            CrashPoint.ANALYZER_MID_RUN,
            CrashPoint.EXPORTER_AFTER_RENAME,
            CrashPoint.INGEST_MID_END);

    @TempDir
    Path temp;

    @Test
    void killsAtTheWorstInstants_loseNothingAndDoubleNothing() throws Exception {
        // Given
        Home home = new Home(temp);
        // When
        for (CrashPoint point : SELECTION) {
            home.dropLog();
            killAt(home, point);
        }
        finish(home);
        // Then
        home.holdsEveryPromise();
    }

    @Test
    void kafkasDataGoneWithRunsInFlight_allRunsStillAppearOnce() throws Exception {
        // Given
        Home home = new Home(temp);
        home.dropLogs(3);
        killAt(home, CrashPoint.ANALYZER_AFTER_RESULT);
        // When
        home.deleteData();
        finish(home);
        // Then
        home.holdsEveryPromise();
    }

    @Test
    void secondNodeOnTheSameData_isRefusedNamingTheFirst() throws Exception {
        // Given
        Home home = new Home(temp);
        ChildNode first = ChildNode.up(home.folder(), Optional.empty());
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> first.said().contains("ready"));
        // When
        ChildNode second = ChildNode.up(home.folder(), Optional.empty());
        int exit = second.awaitEnd(PATIENCE_SECONDS);
        // Then
        assertThat(exit).isEqualTo(5);
        assertThat(second.said()).contains("in use by process");
        long before = System.nanoTime();
        first.stop();
        first.awaitEnd(PATIENCE_SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    @EnabledIfSystemProperty(named = "dynoai.nightly", matches = "true")
    void everyPointThreeTimes_losesNothingAndDoublesNothing() throws Exception {
        // Given
        Home home = new Home(temp);
        // When
        for (CrashPoint point : CrashPoint.values()) {
            for (int time = 0; time < 3; time++) {
                home.dropLog();
                killAt(home, point);
            }
        }
        finish(home);
        // Then
        home.holdsEveryPromise();
    }

    @Test
    @EnabledIfSystemProperty(named = "dynoai.nightly", matches = "true")
    void hundredRandomKillsUnderLoad_loseNothingAndDoubleNothing() throws Exception {
        // Given
        Home home = new Home(temp);
        Random random = new Random(20261120);
        int kills = Integer.getInteger("dynoai.nightly.kills", 100);
        List<String> hits = new ArrayList<>();
        // When
        for (int kill = 0; kill < kills; kill++) {
            home.dropLogs(2);
            ChildNode node = ChildNode.up(home.folder(), Optional.empty());
            Thread.sleep(2000 + random.nextInt(8000));
            node.kill();
            hits.add("kill " + kill + ": " + home.runFolders() + " run folders; last words: " + lastLine(node.said()));
            if (kill % 3 == 2) {
                home.deleteState();
            }
        }
        finish(home);
        // Then
        hits.forEach(System.out::println);
        home.holdsEveryPromise();
    }

    private static String lastLine(String said) {
        String[] lines = said.split("\n");
        return lines[lines.length - 1];
    }

    private static void killAt(Home home, CrashPoint point) throws Exception {
        ChildNode node = ChildNode.up(home.folder(), Optional.of(point.key()));
        assertThat(node.awaitEnd(PATIENCE_SECONDS))
                .as(point + ": " + node.said())
                .isEqualTo(KILLED);
    }

    private static void finish(Home home) throws Exception {
        ChildNode node = ChildNode.up(home.folder(), Optional.empty(), "--exit-when-idle", "1");
        assertThat(node.awaitEnd(PATIENCE_SECONDS)).as(node.said()).isZero();
    }
}
