package dynoai.exporter.shelf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link RunShelf} does. */
public abstract class RunShelfContract {
    protected static final RunKey RUN = new RunKey("north", "2026-03-04T05-06-07Z-0a1b2c");
    private static final RunKey LOCAL_RUN = new RunKey(RunKey.LOCAL_SHOP, "2026-03-04T05-06-07Z-0a1b2d");
    private static final byte[] LOG = "rpm,map,torque\n3000,80,70\n".getBytes(UTF_8);
    private static final byte[] TABLE = "RPM,35\n1500,+1.0\n".getBytes(UTF_8);

    @TempDir
    Path downloads;

    /** Returns the shelf under test, which is empty at first. */
    protected abstract RunShelf shelf();

    /** Returns the same shelf as another process opens it. */
    protected abstract RunShelf ofAnotherProcess();

    /** Replaces a file of a run by other bytes. */
    protected abstract void damage(RunKey run, String file) throws IOException;

    protected static Manifest publish(RunShelf shelf, RunKey run, boolean ok, Optional<ShelvedRun> replaced)
            throws Exception {
        try (RunFolder folder = shelf.begin(run, replaced)) {
            Manifest manifest = write(folder, run, ok, "first");
            folder.publish();
            return manifest;
        }
    }

    protected static Manifest write(RunFolder folder, RunKey run, boolean ok, String log) throws IOException {
        folder.write(RunFolderLayout.LOG.file(), LOG);
        folder.write("Table.csv", TABLE);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run_id", run.runId());
        fields.put("ok", ok);
        fields.put("log", log);
        fields.put("outputs", List.of(output(RunFolderLayout.LOG.file(), LOG), output("Table.csv", TABLE)));
        Manifest manifest = Manifest.of(new LinkedHashMap<>(fields));
        folder.write(RunFolderLayout.twinManifest(run.runId()), manifest.bytes());
        folder.write(RunFolderLayout.MANIFEST, manifest.bytes());
        return manifest;
    }

    private static Map<String, Object> output(String file, byte[] bytes) {
        return Map.of("file", file, "size_bytes", (long) bytes.length, "sha256", Sha256.hex(bytes));
    }

    private static byte[] read(RunShelf shelf, ShelvedRun run, String file) throws IOException {
        try (InputStream in = shelf.open(run, file)) {
            return in.readAllBytes();
        }
    }

    @Test
    void publishedRun_isReadByAnotherProcess() throws Exception {
        // Given
        Manifest manifest = publish(shelf(), RUN, true, Optional.empty());
        // When
        ShelvedRun found = ofAnotherProcess().find(RUN).orElseThrow();
        // Then
        assertThat(found.manifest().bytes()).isEqualTo(manifest.bytes());
        assertThat(read(ofAnotherProcess(), found, RunFolderLayout.LOG.file())).isEqualTo(LOG);
        assertThat(read(ofAnotherProcess(), found, "Table.csv")).isEqualTo(TABLE);
        assertThat(read(ofAnotherProcess(), found, RunFolderLayout.MANIFEST)).isEqualTo(manifest.bytes());
        assertThat(ofAnotherProcess().isIntact(found)).isTrue();
    }

    @Test
    void unpublishedRun_isNotFound() throws Exception {
        // Given
        try (RunFolder folder = shelf().begin(RUN, Optional.empty())) {
            write(folder, RUN, true, "unpublished");
        }
        // When
        Optional<ShelvedRun> found = ofAnotherProcess().find(RUN);
        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void run_isCopiedWhole() throws Exception {
        // Given
        publish(shelf(), RUN, true, Optional.empty());
        ShelvedRun found = ofAnotherProcess().find(RUN).orElseThrow();
        Path target = downloads.resolve("copy");
        // When
        try (RunFolder folder = RunFolder.fresh(target, "test")) {
            ofAnotherProcess().copy(found, file -> true, folder);
            folder.publish();
        }
        // Then
        try (var files = Files.list(target)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(found.files());
        }
        assertThat(target.resolve(RunFolderLayout.LOG.file())).hasBinaryContent(LOG);
    }

    @Test
    void bundle_hasAllFilesAndAlwaysTheSameBytes() throws Exception {
        // Given
        publish(shelf(), RUN, true, Optional.empty());
        ShelvedRun found = ofAnotherProcess().find(RUN).orElseThrow();
        Path first = downloads.resolve("first.zip");
        Path second = downloads.resolve("second.zip");
        // When
        ofAnotherProcess().writeBundle(found, first);
        ofAnotherProcess().writeBundle(found, second);
        // Then
        assertThat(second).hasSameBinaryContentAs(first);
        try (ZipFile zip = new ZipFile(first.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactlyElementsOf(Bundle.files(found));
            assertThat(zip.getInputStream(zip.getEntry("Table.csv"))).hasBinaryContent(TABLE);
        }
    }

    @Test
    void chosenFiles_areCopiedAlone() throws Exception {
        // Given
        publish(shelf(), RUN, true, Optional.empty());
        ShelvedRun found = ofAnotherProcess().find(RUN).orElseThrow();
        Path target = downloads.resolve("copy");
        // When
        try (RunFolder folder = RunFolder.fresh(target, "test")) {
            ofAnotherProcess().copy(found, "Table.csv"::equals, folder);
            folder.publish();
        }
        // Then
        try (var files = Files.list(target)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("Table.csv");
        }
        assertThat(target.resolve("Table.csv")).hasBinaryContent(TABLE);
    }

    @Test
    void publishedRun_isNotBegunAgain() throws Exception {
        // Given
        publish(shelf(), RUN, true, Optional.empty());
        // When
        var begun = assertThatThrownBy(() -> ofAnotherProcess().begin(RUN, Optional.empty()));
        // Then
        begun.isInstanceOf(RunFolderOccupiedException.class);
    }

    @Test
    void runPublishedMeanwhile_isNotReplaced() throws Exception {
        // Given
        Manifest winner;
        try (RunFolder late = shelf().begin(RUN, Optional.empty())) {
            write(late, RUN, true, "late");
            winner = publish(ofAnotherProcess(), RUN, true, Optional.empty());
            // When
            var published = assertThatThrownBy(late::publish);
            // Then
            published.isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(shelf().find(RUN).orElseThrow().manifest().bytes()).isEqualTo(winner.bytes());
    }

    @Test
    void failedRun_isReplaced() throws Exception {
        // Given
        publish(shelf(), RUN, false, Optional.empty());
        Optional<ShelvedRun> failed = shelf().find(RUN);
        // When
        publish(ofAnotherProcess(), RUN, true, failed);
        // Then
        ShelvedRun found = shelf().find(RUN).orElseThrow();
        assertThat(found.manifest().ok()).isTrue();
        assertThat(shelf().isIntact(found)).isTrue();
    }

    @Test
    void damagedFile_isFoundWhileItIsRead() throws Exception {
        // Given
        publish(shelf(), RUN, true, Optional.empty());
        damage(RUN, "Table.csv");
        ShelvedRun found = shelf().find(RUN).orElseThrow();
        // When
        var read = assertThatThrownBy(() -> read(shelf(), found, "Table.csv"));
        // Then
        read.isInstanceOf(IOException.class).hasMessageContaining("Table.csv");
        assertThat(shelf().isIntact(found)).isFalse();
    }

    @Test
    void fileThatTheManifestDoesNotList_isMissing() throws Exception {
        // Given
        publish(shelf(), RUN, true, Optional.empty());
        ShelvedRun found = shelf().find(RUN).orElseThrow();
        // When
        var read = assertThatThrownBy(() -> read(shelf(), found, "../secret"));
        // Then
        read.isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void list_visitsTheRunsOfAllShops() throws Exception {
        // Given
        publish(shelf(), RUN, true, Optional.empty());
        publish(shelf(), LOCAL_RUN, false, Optional.empty());
        List<RunKey> runs = new ArrayList<>();
        // When
        ofAnotherProcess().list(runs::add);
        // Then
        assertThat(runs).containsExactlyInAnyOrder(RUN, LOCAL_RUN);
    }
}
