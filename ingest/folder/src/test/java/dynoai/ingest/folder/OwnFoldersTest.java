package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.run.FileState;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another program does to the ingest's own folders in the drop folder: removes them, or puts links there. */
@DisabledOnOs(OS.WINDOWS)
final class OwnFoldersTest extends DropFolderCase {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Path outside;

    @BeforeEach
    void open() throws Exception {
        outside = Files.createDirectories(temp.resolve("outside"));
    }

    /** Puts links to a folder outside at the place of every day around now, since the test may run over midnight. */
    private List<Path> linkDays(String kind) throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Files.createDirectories(ingest.folder.resolve(kind));
        return List.of(
                Files.createSymbolicLink(ingest.folder.resolve(kind + "/" + today), outside),
                Files.createSymbolicLink(ingest.folder.resolve(kind + "/" + today.plusDays(1)), outside));
    }

    private List<Path> outside() throws IOException {
        try (Stream<Path> files = Files.list(outside)) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"done", "rejected", "duplicates"})
    void linkAsADayOfTheArchive_isNotFollowed(String kind) throws Exception {
        // Given
        ingest.drop("first.csv", "a\n");
        ingest.passSettleTime();
        Files.move(ingest.folder.resolve("done"), temp.resolve("old"));
        linkDays(kind);
        ingest.drop("pull.csv", kind.equals("done") ? "b\n" : kind.equals("rejected") ? "garbage\n" : "a\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(outside()).isEmpty();
        assertThat(ingest.state("pull.csv").toString()).contains("is a link or a file where a folder belongs");
        assertThat(ingest.filesIn(".work")).anyMatch(name -> name.endsWith("/pull.csv"));
    }

    @Test
    void logBehindALinkedDay_isArchivedOnceTheLinkIsGone() throws Exception {
        // Given
        List<Path> links = linkDays("done");
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        for (Path link : links) {
            Files.delete(link);
        }
        // When
        ingest.pass(MINUTE);
        // Then
        assertThat(ingest.state("pull.csv")).isInstanceOf(FileState.Done.class);
        assertThat(ingest.filesIn("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
    }

    @Test
    void removedWorkFolder_isNamedAndMadeAgain() throws Exception {
        // Given
        Claims.deleteTree(ingest.folder.resolve(".work"));
        // When
        ingest.pass(ingest.settings().poll());
        // Then
        assertThat(ingest.problem()).contains(".work", "was removed");
        assertThat(ingest.warnings).singleElement().asString().contains("was removed");
        assertThat(ingest.folder.resolve(".work")).isDirectory();
    }

    @Test
    void logDroppedAfterTheWorkFolderWasRemoved_isDone() throws Exception {
        // Given
        Claims.deleteTree(ingest.folder.resolve(".work"));
        ingest.drop("pull.csv", "a\n");
        // When
        ingest.passSettleTime();
        ingest.passSettleTime();
        // Then
        assertThat(ingest.state("pull.csv")).isInstanceOf(FileState.Done.class);
        assertThat(ingest.problem()).isEmpty();
    }

    @Test
    void runInFlightWhoseFolderIsRemoved_isRestoredFromTheStore() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        Claims.deleteTree(ingest.folder.resolve(".work"));
        ingest.passSettleTime();
        // When
        ingest.transport.finish(0);
        ingest.pass(MINUTE);
        // Then
        assertThat(ingest.filesIn("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
        assertThat(ingest.warnings).anyMatch(warning -> warning.contains("made again from the store"));
        assertThat(ingest.transport.sent).hasSize(1);
    }

    @Test
    void resultRightAfterTheFolderIsRemoved_archivesTheLogFromTheStore() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        try (Stream<Path> folders = Files.list(ingest.folder.resolve(".work"))) {
            Claims.deleteTree(folders.findFirst().orElseThrow());
        }
        // When
        ingest.transport.finish(0);
        ingest.pass(Duration.ZERO);
        // Then
        assertThat(ingest.filesIn("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
    }

    @Test
    void unreadLogWhoseFolderIsRemoved_isNamed() throws Exception {
        // Given
        ingest.transport.failPrepare = new IOException("not now");
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        Claims.deleteTree(ingest.folder.resolve(".work"));
        ingest.transport.failPrepare = null;
        // When
        ingest.passSettleTime();
        ingest.pass(MINUTE);
        // Then
        assertThat(ingest.state("pull.csv").toString()).contains("taken away");
        assertThat(ingest.warnings).anyMatch(warning -> warning.contains("drop it again"));
        assertThat(ingest.isIdle()).isTrue();
    }

    @Test
    void linkAsWorkFolder_isNotFollowed() throws Exception {
        // Given
        Claims.deleteTree(ingest.folder.resolve(".work"));
        Files.createSymbolicLink(ingest.folder.resolve(".work"), outside);
        ingest.drop("pull.csv", "a\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(outside()).isEmpty();
        assertThat(ingest.problem()).contains("is not a folder");
        assertThat(ingest.folder.resolve("pull.csv")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "\0", "a:\n", "- 1"})
    void damagedListOfEarlierFiles_doesNotStopTheStart(String text) throws Exception {
        // Given
        ingest.close();
        ingest.drop(".dynoai/existing.yaml", text);
        // When
        ingest.start();
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        // Then
        assertThat(ingest.state("pull.csv")).isInstanceOf(FileState.Done.class);
    }

    @Test
    void linkAsLock_overwritesNothing() throws Exception {
        // Given
        ingest.close();
        Path target = Files.writeString(outside.resolve("target"), "precious\n");
        Files.delete(ingest.folder.resolve(".dynoai/lock"));
        Files.createSymbolicLink(ingest.folder.resolve(".dynoai/lock"), target);
        // When
        var start = assertThatThrownBy(ingest::start);
        // Then
        start.isInstanceOf(FileSystemException.class).hasMessageContaining("symbolic link");
        assertThat(target).hasContent("precious");
    }

    @Test
    void damagedRootId_isNamed() throws Exception {
        // Given
        ingest.close();
        ingest.drop(".dynoai/root-id", "not an id");
        // When
        var start = assertThatThrownBy(ingest::start);
        // Then
        start.isInstanceOf(FileSystemException.class).hasMessageContaining("is not a UUID");
    }

    @Test
    void replayWithALinkAsWorkFolder_writesNothingOutside() throws Exception {
        // Given
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        String earlier = ingest.transport.sent.get(0).runId();
        ingest.close();
        Files.delete(ingest.folder.resolve(".work"));
        Files.createSymbolicLink(ingest.folder.resolve(".work"), outside);
        // When
        var replay = assertThatThrownBy(
                () -> Replay.claim(ingest.folder, new FolderStore(ingest.store), earlier, Map.of(), Clock.systemUTC()));
        // Then
        replay.isInstanceOf(FileSystemException.class).hasMessageContaining("a link");
        assertThat(outside()).isEmpty();
        Files.delete(ingest.folder.resolve(".work"));
    }

    @Test
    void requeueToAShopThatIsALink_createsNothingOutside() throws Exception {
        // Given
        ingest.drop("shop/cell/pull.csv", "garbage\n");
        ingest.passSettleTime();
        Files.delete(ingest.folder.resolve("shop/cell"));
        Files.delete(ingest.folder.resolve("shop"));
        Files.createSymbolicLink(ingest.folder.resolve("shop"), outside);
        String runId = DropReport.of(ingest.folder)
                .in(DropReport.State.REJECTED)
                .get(0)
                .runId();
        // When
        var requeue = assertThatThrownBy(
                () -> Requeue.putBack(ingest.folder, runId, ClaimKey.find(new FolderStore(ingest.store)), Map.of()));
        // Then
        requeue.isInstanceOf(FileSystemException.class).hasMessageContaining("a link");
        assertThat(outside()).isEmpty();
    }
}
