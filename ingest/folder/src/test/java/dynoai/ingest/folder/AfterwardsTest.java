package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with logs that came to their end: look at them, put them back, run them again. */
final class AfterwardsTest {
    @TempDir
    Path temp;

    private DropFolderFixture drops;

    @BeforeEach
    void open() throws Exception {
        drops = DropFolderFixture.in(temp).start();
    }

    @AfterEach
    void close() throws Exception {
        drops.close();
    }

    @Test
    void report_namesEveryLogWithItsState() throws Exception {
        // Given
        drops.drop("north/good.csv", "a\n");
        drops.drop("north/bad.csv", "garbage\n");
        drops.drop("notes.doc", "a\n");
        drops.passSettleTime();
        drops.drop("later.csv", "b\n");
        // When
        DropReport report = DropReport.of(drops.folder);
        // Then
        assertThat(report.in(DropReport.State.DONE))
                .extracting(DropReport.Entry::file)
                .containsExactly("north/good.csv");
        assertThat(report.in(DropReport.State.REJECTED))
                .extracting(DropReport.Entry::detail)
                .containsExactly("NOT_TEXT");
        assertThat(report.in(DropReport.State.LEFT_ALONE)).hasSize(1);
        assertThat(report.in(DropReport.State.WAITING))
                .extracting(DropReport.Entry::file)
                .containsExactly("later.csv");
    }

    @Test
    void requeuedLog_goesBackWithItsOptionsAndIsTakenAgain() throws Exception {
        // Given
        drops.drop("north/pull.csv", "a\n");
        drops.drop("north/pull.csv.options.yaml", "clmap: 9\n");
        drops.passSettleTime();
        String runId =
                DropReport.of(drops.folder).in(DropReport.State.REJECTED).get(0).runId();
        // When
        Path place = Requeue.putBack(drops.folder, runId);
        drops.drop("north/pull.csv.options.yaml", "clamp: 9\n");
        drops.passSettleTime();
        // Then
        assertThat(place.toString()).endsWith("pull.csv");
        assertThat(drops.transport.sent).hasSize(1);
        assertThat(drops.transport.sent.get(0).options()).containsEntry("clamp", "9.0");
        assertThat(drops.below("rejected")).isEmpty();
    }

    @Test
    void requeuedLog_neverLandsOnANewOneOfItsName() throws Exception {
        // Given
        drops.drop("pull.csv", "garbage\n");
        drops.passSettleTime();
        drops.drop("pull.csv", "new\n");
        // When
        Path place = Requeue.putBack(
                drops.folder,
                DropReport.of(drops.folder).in(DropReport.State.REJECTED).get(0).runId());
        // Then
        assertThat(place).hasFileName("pull-2.csv").hasContent("garbage\n");
        assertThat(drops.folder.resolve("pull.csv")).hasContent("new\n");
    }

    @Test
    void replayedRun_isANewRunOfTheSameBytesWithTheChangedOptions() throws Exception {
        // Given
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        String earlier = drops.transport.sent.get(0).runId();
        // When
        String fresh = Replay.claim(drops.folder, drops.store, earlier, Map.of("clamp", "12"), Clock.systemUTC());
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent).hasSize(2);
        InMemoryTransport.SentRun replayed = drops.transport.sent.get(1);
        assertThat(replayed.runId()).isEqualTo(fresh).isNotEqualTo(earlier);
        assertThat(replayed.text()).isEqualTo("a\n");
        assertThat(replayed.options()).containsEntry("clamp", "12.0");
        assertThat(drops.below("done")).hasSize(4);
    }

    @Test
    void replayOfAnUnknownRun_isRefused() {
        // Given a drop folder without any run
        // When
        var replay =
                assertThatThrownBy(() -> Replay.claim(drops.folder, drops.store, "none", Map.of(), Clock.systemUTC()));
        // Then
        replay.isInstanceOf(NoSuchFileException.class);
    }
}
