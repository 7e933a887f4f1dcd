package dynoai.exporter.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCopiesTest {
    private static final RunKey FIRST = new RunKey("north", "2026-03-04T05-06-07Z-0a1b2c");
    private static final RunKey SECOND = new RunKey(RunKey.LOCAL_SHOP, "2026-03-04T05-06-07Z-0a1b2d");
    private static final RunKey THIRD = new RunKey("north", "2026-03-04T05-06-07Z-0a1b2e");

    /** The files of two runs, and not of three. */
    private static final long TWO_RUNS = 100;

    @TempDir
    Path temp;

    private FolderShelf shelf;
    private RunCopies copies;

    @BeforeEach
    void publishRuns() throws Exception {
        shelf = new FolderShelf(temp.resolve("runs"), "exporter");
        shelf.sweep();
        for (RunKey run : new RunKey[] {FIRST, SECOND, THIRD}) {
            RunShelfContract.publish(shelf, run, true, Optional.empty());
        }
        copies = copies(TWO_RUNS);
    }

    private RunCopies copies(long maxBytes) {
        return new RunCopies(shelf, temp.resolve("copies"), "page", maxBytes);
    }

    @Test
    void run_isCopiedWhenItIsFirstUsed() throws Exception {
        // When
        Path copy = copies.fetch(FIRST);
        // Then
        assertThat(copy).isEqualTo(temp.resolve("copies/north").toRealPath().resolve(FIRST.runId()));
        try (Stream<Path> files = Files.list(copy)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            shelf.find(FIRST).orElseThrow().files());
        }
    }

    @Test
    void copy_isUsedWithoutTheShelf() throws Exception {
        // Given
        copies.fetch(FIRST);
        RunFolder.discard(temp.resolve("runs"));
        // When
        Path copy = copies.fetch(FIRST);
        // Then
        assertThat(ManifestReader.find(copy)).isPresent();
    }

    @Test
    void runThatIsReadWithoutItsLog_leavesNoCopy() throws Exception {
        // When
        Optional<List<String>> read = copies.readWithoutLog(FIRST, RunCopiesTest::namesIn);
        // Then
        assertThat(read.orElseThrow())
                .containsExactlyInAnyOrder("Table.csv", "manifest.json", RunFolderLayout.twinManifest(FIRST.runId()));
        assertThat(temp.resolve("copies")).isEmptyDirectory();
    }

    private static List<String> namesIn(Path folder) throws IOException {
        assertThat(folder.getFileName()).hasToString(FIRST.runId());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void missingRun_hasNoFolder() throws Exception {
        // When
        Path copy = copies.fetch(new RunKey("south", FIRST.runId()));
        // Then
        assertThat(copy).doesNotExist();
    }

    @Test
    void failedRun_isCopiedAgainAfterItWasReplaced() throws Exception {
        // Given
        RunKey run = new RunKey("north", "2026-03-04T05-06-07Z-0a1b2f");
        RunShelfContract.publish(shelf, run, false, Optional.empty());
        boolean before = ManifestReader.read(copies.fetch(run)).ok();
        RunShelfContract.publish(shelf, run, true, shelf.find(run));
        // When
        Path copy = copies.fetch(run);
        // Then
        assertThat(before).isFalse();
        assertThat(ManifestReader.read(copy).ok()).isTrue();
    }

    @Test
    void copiesThatWereNotUsedForLongest_areDeleted() throws Exception {
        // Given
        Path first = copies.fetch(FIRST);
        Path second = copies.fetch(SECOND);
        copies.fetch(FIRST);
        // When
        Path third = copies.fetch(THIRD);
        // Then
        assertThat(second).doesNotExist();
        assertThat(first).exists();
        assertThat(third).exists();
    }

    @Test
    void copiesOfAnEarlierProcess_areCounted() throws Exception {
        // Given
        copies.fetch(FIRST);
        copies.fetch(SECOND);
        RunCopies next = copies(TWO_RUNS);
        // When
        Path third = next.fetch(THIRD);
        // Then
        assertThat(third).exists();
        assertThat(Stream.of(FIRST, SECOND).filter(run -> Files.exists(folderOf(next, run))))
                .hasSize(1);
    }

    private static Path folderOf(RunCopies copies, RunKey run) {
        try {
            return copies.folderOf(run);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void marksNextToTheCopies_areKept() throws Exception {
        // Given
        Path mark =
                Files.createDirectories(temp.resolve("copies/north/.sessions")).resolve("marks.jsonl");
        Files.writeString(mark, "{}");
        copies.fetch(FIRST);
        copies.fetch(SECOND);
        // When
        copies.fetch(THIRD);
        // Then
        assertThat(mark).exists();
    }

    @Test
    void damagedRun_isNotCopied() throws Exception {
        // Given
        Files.writeString(temp.resolve("runs/north").resolve(FIRST.runId()).resolve("Table.csv"), "damaged");
        // When
        Throwable failure = catchThrowable(() -> copies.fetch(FIRST));
        // Then
        assertThat(failure).isInstanceOf(InvalidRunFolderException.class);
        assertThat(copies.folderOf(FIRST)).doesNotExist();
    }
}
