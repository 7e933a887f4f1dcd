package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operations on archived logs: report, requeue, replay. */
final class ArchivedLogsTest extends DropFolderCase {
    @Test
    void report_listsEveryLogWithItsState() throws Exception {
        // Given
        ingest.drop("north/good.csv", "a\n");
        ingest.drop("north/bad.csv", "garbage\n");
        ingest.drop("notes.doc", "a\n");
        ingest.passSettleTime();
        ingest.drop("later.csv", "b\n");
        // When
        DropReport report = DropReport.of(ingest.folder);
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
    void requeuedLog_movesBackWithItsOptionsAndIsClaimedAgain() throws Exception {
        // Given
        ingest.drop("north/pull.csv", "a\n");
        ingest.drop("north/pull.csv.options.yaml", "clmap: 9\n");
        ingest.passSettleTime();
        String runId = DropReport.of(ingest.folder)
                .in(DropReport.State.REJECTED)
                .get(0)
                .runId();
        // When
        Path place = Requeue.putBack(ingest.folder, runId, ClaimKey.find(new FolderStore(ingest.store)), Map.of());
        ingest.drop("north/pull.csv.options.yaml", "clamp: 9\n");
        ingest.passSettleTime();
        // Then
        assertThat(place.toString()).endsWith("pull.csv");
        assertThat(ingest.transport.sent).hasSize(1);
        assertThat(ingest.transport.sent.get(0).options()).containsEntry("clamp", "9.0");
        assertThat(ingest.filesIn("rejected")).isEmpty();
    }

    @Test
    void requeue_namesTheOptionsFileWhenRunYamlWasEdited() throws Exception {
        // Given
        ingest.drop("north/pull.csv", "garbage\n");
        ingest.passSettleTime();
        String runId = DropReport.of(ingest.folder)
                .in(DropReport.State.REJECTED)
                .get(0)
                .runId();
        Path record = rejected("run.yaml");
        Files.writeString(record, Files.readString(record).replace("map_unit: \"\"", "map_unit: \"inhg\"") + "\n");
        Files.setLastModifiedTime(record, FileTime.from(Instant.now().plusSeconds(5)));
        // When
        var edited = assertThatThrownBy(
                () -> Requeue.putBack(ingest.folder, runId, ClaimKey.find(new FolderStore(ingest.store)), Map.of()));
        // Then
        edited.hasMessageContaining("run.yaml: was changed, but it is not read again; write the options into")
                .hasMessageContaining("pull.csv.options.yaml")
                .hasMessageContaining("dynoai requeue " + runId);
        Path options = Files.writeString(record.resolveSibling("pull.csv.options.yaml"), "map_unit: inhg\n");
        Files.setLastModifiedTime(options, FileTime.from(Instant.now().plusSeconds(9)));
        assertThat(Requeue.putBack(ingest.folder, runId, ClaimKey.find(new FolderStore(ingest.store)), Map.of()))
                .exists();
    }

    /** Returns a file of the only rejected log. */
    private Path rejected(String name) throws IOException {
        return DropReport.files(ingest.folder.resolve("rejected"), 3, name).get(0);
    }

    @Test
    void reason_namesTheFileOfOptions() throws Exception {
        // Given
        ingest.drop("north/pull.csv", "garbage\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(rejected("reason.json"))
                .content()
                .contains("pull.csv.options.yaml next to the log", "dynoai requeue ", "run.yaml is a record");
    }

    @Test
    void requeuedLog_neverReplacesANewFileOfItsName() throws Exception {
        // Given
        ingest.drop("pull.csv", "garbage\n");
        ingest.passSettleTime();
        ingest.drop("pull.csv", "new\n");
        // When
        Path place = Requeue.putBack(
                ingest.folder,
                DropReport.of(ingest.folder)
                        .in(DropReport.State.REJECTED)
                        .get(0)
                        .runId(),
                ClaimKey.find(new FolderStore(ingest.store)),
                Map.of());
        // Then
        assertThat(place).hasFileName("pull-2.csv").hasContent("garbage\n");
        assertThat(ingest.folder.resolve("pull.csv")).hasContent("new\n");
    }

    @Test
    void replayedRun_isANewRunOfTheSameBytesWithTheChangedOptions() throws Exception {
        // Given
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        String earlier = ingest.transport.sent.get(0).runId();
        // When
        String fresh = Replay.claim(
                ingest.folder, new FolderStore(ingest.store), earlier, Map.of("clamp", "12"), Clock.systemUTC());
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).hasSize(2);
        InMemoryTransport.SentRun replayed = ingest.transport.sent.get(1);
        assertThat(replayed.runId()).isEqualTo(fresh).isNotEqualTo(earlier);
        assertThat(replayed.text()).isEqualTo("a\n");
        assertThat(replayed.options()).containsEntry("clamp", "12.0");
        assertThat(ingest.filesIn("done")).hasSize(4);
    }

    @Test
    void replayOfAnUnknownRun_fails() {
        // Given a drop folder without any run
        // When
        var replay = assertThatThrownBy(
                () -> Replay.claim(ingest.folder, new FolderStore(ingest.store), "none", Map.of(), Clock.systemUTC()));
        // Then
        replay.isInstanceOf(NoSuchFileException.class);
    }
}
