package dynoai.exporter.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.exporter.manifest.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path base;

    @Test
    void folder_appearsOnlyWhenItIsPublished() throws Exception {
        // Given
        Path target = base.resolve("runs/one");
        // When
        boolean before;
        try (RunFolder folder = RunFolder.fresh(target, "test")) {
            try (OutputStream log = folder.create("data.csv")) {
                log.write("RPM".getBytes(UTF_8));
            }
            folder.write("a.txt", "a".getBytes(UTF_8));
            before = Files.exists(target);
            folder.publish();
        }
        // Then
        assertThat(before).isFalse();
        assertThat(names(target)).containsExactlyInAnyOrder("data.csv", "a.txt");
        assertThat(target.resolve("data.csv")).hasContent("RPM");
        assertThat(names(target.getParent())).containsExactly("one");
    }

    @Test
    void closedWithoutPublishing_leavesNothing() throws Exception {
        // When
        try (RunFolder folder = RunFolder.fresh(base.resolve("one"), "test")) {
            folder.write("a.txt", "a".getBytes(UTF_8));
        }
        // Then
        assertThat(names(base)).isEmpty();
    }

    @Test
    void folderOfACrashedRun_isDeletedByTheNextRunOfItsName() throws Exception {
        // Given unfinished folders of a killed process of the same instance and of another instance
        Files.createDirectories(base.resolve(".tmp-test-one/deep"));
        Files.writeString(base.resolve(".tmp-test-one/deep/half.csv"), "half");
        Files.createDirectory(base.resolve(".tmp-other-one"));
        // When
        publish(RunFolder.fresh(base.resolve("one"), "test"), "a.txt", "a");
        // Then
        assertThat(names(base)).containsExactlyInAnyOrder("one", ".tmp-other-one");
        assertThat(names(base.resolve("one"))).containsExactly("a.txt");
    }

    @Test
    void newFolder_neverReplacesAnExistingOne() throws Exception {
        // Given a folder that another process publishes while ours is written
        RunFolder folder = RunFolder.fresh(base.resolve("one"), "test");
        folder.write("a.txt", "a".getBytes(UTF_8));
        Files.createDirectory(base.resolve("one"));
        Files.writeString(base.resolve("one/theirs.txt"), "theirs");
        // When
        assertThatThrownBy(folder::publish).isInstanceOf(IOException.class);
        folder.close();
        // Then
        assertThat(names(base)).containsExactly("one");
        assertThat(names(base.resolve("one"))).containsExactly("theirs.txt");
        assertThatThrownBy(() -> RunFolder.fresh(base.resolve("one"), "test"))
                .isInstanceOf(RunFolderOccupiedException.class);
    }

    @Test
    void earlierRun_isReplacedAsAWhole() throws Exception {
        // Given
        Path target = base.resolve("out");
        earlierRun(target);
        // When
        publish(RunFolder.replacing(target, "test"), "new.csv", "new");
        // Then
        assertThat(names(target)).containsExactly("new.csv");
        assertThat(names(base)).containsExactly("out");
    }

    @Test
    void emptyFolder_isUsed() throws Exception {
        // Given
        Path target = Files.createDirectory(base.resolve("out"));
        // When
        publish(RunFolder.replacing(target, "test"), "new.csv", "new");
        // Then
        assertThat(names(target)).containsExactly("new.csv");
    }

    @Test
    void foreignFileNextToAnEarlierRun_isNeverDeleted() throws Exception {
        // Given
        Path target = base.resolve("out");
        earlierRun(target);
        Files.writeString(target.resolve("my notes.txt"), "do not lose");
        // When / Then
        assertThatThrownBy(() -> RunFolder.replacing(target, "test"))
                .isInstanceOf(RunFolderOccupiedException.class)
                .hasMessageContaining("my notes.txt");
        assertThat(names(target)).contains("my notes.txt", "old.csv");
    }

    @Test
    void otherFoldersAndFiles_areNotReplaced() throws Exception {
        // Given
        Path folder = Files.createDirectory(base.resolve("home"));
        Files.writeString(folder.resolve("thesis.txt"), "x");
        Path fake = Files.createDirectory(base.resolve("fake"));
        Files.writeString(fake.resolve("manifest.json"), "{\"schema_id\":\"other@1\"}");
        Path file = Files.writeString(base.resolve("file"), "x");
        // When / Then
        for (Path target : List.of(folder, fake, file)) {
            assertThatThrownBy(() -> RunFolder.replacing(target, "test"))
                    .isInstanceOf(RunFolderOccupiedException.class);
        }
        assertThat(names(base)).containsExactlyInAnyOrder("home", "fake", "file");
    }

    @Test
    void crashBetweenTheTwoRenames_losesNeitherRun() throws Exception {
        // Given the earlier run renamed and the new one not yet in place
        Path target = base.resolve("out");
        earlierRun(base.resolve(".old-out"));
        // When the next run is begun but not finished
        RunFolder.replacing(target, "test").close();
        // Then
        assertThat(names(target)).contains("old.csv");
        assertThat(names(base)).containsExactly("out");
    }

    @Test
    void crashAfterTheTwoRenames_keepsTheNewRun() throws Exception {
        // Given
        Path target = base.resolve("out");
        earlierRun(target);
        Files.createDirectory(base.resolve(".old-out"));
        Files.writeString(base.resolve(".old-out/half-deleted.csv"), "x");
        // When
        RunFolder.replacing(target, "test").close();
        // Then
        assertThat(names(base)).containsExactly("out");
        assertThat(names(target)).contains("old.csv");
    }

    @Test
    void adoptedFile_hasTheSourcesBytes() throws Exception {
        // Given
        Path store = Files.writeString(base.resolve("stored"), "log");
        // When
        try (RunFolder folder = RunFolder.fresh(base.resolve("one"), "test")) {
            folder.adopt("data.csv", store);
            folder.publish();
        }
        // Then
        assertThat(base.resolve("one/data.csv")).hasContent("log");
        assertThat(store).hasContent("log");
    }

    private static void earlierRun(Path folder) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run_id", "r1");
        fields.put("outputs", List.of(Map.of("file", "old.csv")));
        Files.createDirectories(folder);
        Files.write(folder.resolve("manifest.json"), Manifest.of(fields).bytes());
        Files.write(folder.resolve("r1.manifest.json"), Manifest.of(fields).bytes());
        Files.writeString(folder.resolve("old.csv"), "old");
    }

    private static void publish(RunFolder folder, String file, String content) throws IOException {
        try (folder) {
            folder.write(file, content.getBytes(UTF_8));
            folder.publish();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            children.forEach(child -> names.add(child.getFileName().toString()));
        }
        return names;
    }
}
