package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.engine.retention.PolicyReader;
import dynoai.engine.retention.Removal;
import dynoai.engine.retention.Retention;
import dynoai.engine.retention.RetentionEvents;
import dynoai.engine.retention.RetentionFolders;
import dynoai.engine.retention.RetentionPlan;
import dynoai.engine.retention.RetentionPolicy;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removal of stored logs while a node stores the same logs again. */
@Tag("process")
class RetentionRaceTest {
    private static final int LOGS = 12;
    private static final int ROWS = 3000;
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    @TempDir
    private Path temp;

    /** Counts removals. */
    private static final class Removals implements RetentionEvents {
        private final List<IOException> failures = new ArrayList<>();
        private int planned;

        @Override
        public void removed(Removal removal) {
            planned++;
        }

        @Override
        public void stays(Removal removal, String why) {
            planned++;
        }

        @Override
        public void failed(Removal removal, IOException failure) {
            failures.add(failure);
        }
    }

    @Test
    void storedLogThatIsDroppedAfterThePlan_isNotLost() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        RetentionPolicy policy =
                PolicyReader.read(Files.writeString(temp.resolve("retention.yaml"), "logs: {keep_days: 31}\n"));
        Removals removals = new Removals();
        List<Path> logs = new ArrayList<>();
        try (CommandProcess node = CommandProcess.up(temp, Optional.empty())) {
            home.dropLog();
            await().atMost(MAX_WAIT).until(() -> home.done() == 1);
            // When
            for (int i = 0; i < LOGS; i++) {
                Path log = home.writeOriginal(ROWS);
                logs.add(log);
                storeOldCopy(home, log);
                Retention retention = retention(home, removals);
                RetentionPlan plan = retention.plan(policy, new Retention.Filter(null, null));
                home.dropOriginal(log);
                awaitStage(home, i);
                retention.apply(plan);
            }
            await().atMost(MAX_WAIT).until(home::isSettled);
            node.stop();
        }
        // Then
        assertThat(removals.failures).isEmpty();
        assertThat(removals.planned).isEqualTo(LOGS);
        home.holdsEveryPromise();
        for (Path log : logs) {
            assertThat(stored(home, log)).hasSameBinaryContentAs(log);
        }
    }

    /** Awaits nothing, the claim, or the end of a run, in turn. */
    private static void awaitStage(NodeFixture home, int round) {
        if (round % 3 == 1) {
            await().atMost(MAX_WAIT).pollDelay(Duration.ZERO).until(() -> home.claimed() == round + 2);
        } else if (round % 3 == 2) {
            await().atMost(MAX_WAIT).until(() -> home.done() == round + 2);
        }
    }

    private static void storeOldCopy(NodeFixture home, Path log) throws IOException {
        Path copy = stored(home, log);
        Files.createDirectories(copy.resolveSibling(""));
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(100)));
        Files.setLastModifiedTime(Files.copy(log, copy), old);
    }

    private static Path stored(NodeFixture home, Path log) throws IOException {
        return ContentPath.of(home.data().resolve("store"), Sha256.hex(log));
    }

    private static Retention retention(NodeFixture home, RetentionEvents events) throws IOException {
        RetentionFolders folders = new RetentionFolders(
                home.folder().resolve("runs"),
                home.data().resolve("store"),
                Optional.of(home.folder().resolve("drop")),
                List.of());
        return new Retention(folders, events, Clock.systemUTC());
    }
}
