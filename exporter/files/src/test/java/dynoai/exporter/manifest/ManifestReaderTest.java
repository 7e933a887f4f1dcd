package dynoai.exporter.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
    @TempDir
    Path folder;

    @Test
    void runFolderAndManifest_giveTheSameManifest() throws Exception {
        // Given
        Manifest written = Manifest.of(Map.of("run_id", "r1", "ok", true, "args", Map.of("clamp", 7.5)));
        Path file = Files.write(folder.resolve("manifest.json"), written.bytes());
        // When
        List<Manifest> read = List.of(ManifestReader.read(folder), ManifestReader.read(file));
        // Then
        for (Manifest manifest : read) {
            assertThat(manifest.bytes()).isEqualTo(written.bytes());
            assertThat(manifest.hasRightFingerprint()).isTrue();
            assertThat(manifest.number("args", "clamp")).isEqualTo(7.5);
        }
    }

    @Test
    void missingFields_areEmpty() throws Exception {
        // When
        Manifest manifest =
                ManifestReader.read("m", "{\"schema_id\":\"dynoai.manifest@1\",\"run_id\":\"r\"}".getBytes(UTF_8));
        // Then
        assertThat(manifest.ok()).isFalse();
        assertThat(manifest.text("input", "path")).isEmpty();
        assertThat(manifest.whole("stats", "rows_read")).isZero();
        assertThat(manifest.number("args", "clamp")).isNaN();
        assertThat(manifest.fields("args")).isEmpty();
        assertThat(manifest.outputs()).isEmpty();
    }

    @Test
    void otherFiles_areNotManifests() {
        for (String text :
                List.of("", "[1", "[]", "{}", "{\"schema_id\":\"dynoai.manifest@1\"}", "{\"run_id\":\"r\"}")) {
            // When / Then
            assertThatThrownBy(() -> ManifestReader.read("m.json", text.getBytes(UTF_8)))
                    .as(text)
                    .isInstanceOf(InvalidRunFolderException.class)
                    .hasMessageStartingWith("m.json is not a manifest: ");
        }
    }

    @Test
    void largeFile_isNotReadWhole() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("manifest.json"), new byte[(16 << 20) + 1]);
        // When / Then
        assertThatThrownBy(() -> ManifestReader.read(file))
                .isInstanceOf(InvalidRunFolderException.class)
                .hasMessageContaining("larger than 16 MiB");
        assertThat(ManifestReader.find(folder)).isEmpty();
    }

    @Test
    void folderWithoutManifest_isNotARun() throws Exception {
        // When / Then
        assertThatThrownBy(() -> ManifestReader.read(folder)).isInstanceOf(NoSuchFileException.class);
        assertThat(ManifestReader.find(folder)).isEmpty();
    }
}
