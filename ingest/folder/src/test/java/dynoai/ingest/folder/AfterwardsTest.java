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

    private DropFolderFixture bench;

    @BeforeEach
    void open() throws Exception {
        bench = DropFolderFixture.in(temp).start();
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void report_namesEveryLogWithItsState() throws Exception {
        // Given
        bench.drop("north/good.csv", "a\n");
        bench.drop("north/bad.csv", "garbage\n");
        bench.drop("notes.doc", "a\n");
        bench.passSettleTime();
        bench.drop("later.csv", "b\n");
        // When
        DropReport report = DropReport.of(bench.folder);
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
        bench.drop("north/pull.csv", "a\n");
        bench.drop("north/pull.csv.options.yaml", "clmap: 9\n");
        bench.passSettleTime();
        String runId =
                DropReport.of(bench.folder).in(DropReport.State.REJECTED).get(0).runId();
        // When
        Path place = Requeue.putBack(bench.folder, runId);
        bench.drop("north/pull.csv.options.yaml", "clamp: 9\n");
        bench.passSettleTime();
        // Then
        assertThat(place.toString()).endsWith("pull.csv");
        assertThat(bench.carrier.sent).hasSize(1);
        assertThat(bench.carrier.sent.get(0).options()).containsEntry("clamp", "9.0");
        assertThat(bench.below("rejected")).isEmpty();
    }

    @Test
    void requeuedLog_neverLandsOnANewOneOfItsName() throws Exception {
        // Given
        bench.drop("pull.csv", "garbage\n");
        bench.passSettleTime();
        bench.drop("pull.csv", "new\n");
        // When
        Path place = Requeue.putBack(
                bench.folder,
                DropReport.of(bench.folder).in(DropReport.State.REJECTED).get(0).runId());
        // Then
        assertThat(place).hasFileName("pull-2.csv").hasContent("garbage\n");
        assertThat(bench.folder.resolve("pull.csv")).hasContent("new\n");
    }

    @Test
    void replayedRun_isANewRunOfTheSameBytesWithTheChangedOptions() throws Exception {
        // Given
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        String earlier = bench.carrier.sent.get(0).runId();
        // When
        String fresh = Replay.claim(bench.folder, bench.store, earlier, Map.of("clamp", "12"), Clock.systemUTC());
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent).hasSize(2);
        InMemoryTransport.SentRun replayed = bench.carrier.sent.get(1);
        assertThat(replayed.runId()).isEqualTo(fresh).isNotEqualTo(earlier);
        assertThat(replayed.text()).isEqualTo("a\n");
        assertThat(replayed.options()).containsEntry("clamp", "12.0");
        assertThat(bench.below("done")).hasSize(4);
    }

    @Test
    void replayOfAnUnknownRun_isRefused() {
        // Given a drop folder without any run
        // When
        var replay =
                assertThatThrownBy(() -> Replay.claim(bench.folder, bench.store, "none", Map.of(), Clock.systemUTC()));
        // Then
        replay.isInstanceOf(NoSuchFileException.class);
    }
}
