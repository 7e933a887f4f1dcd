package dynoai.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dynoai.schemas.file.AtomicFile.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeOldFile() throws IOException {
        file = folder.resolve("table.csv");
        Files.writeString(file, "old");
    }

    @ParameterizedTest
    @EnumSource
    void write_replacesTheFileAndLeavesNothingElse(Durability durability) throws IOException {
        // When
        AtomicFile.write(file, durability, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
        // Then
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining(found -> !found.equals(file));
    }

    @Test
    void failedWrite_keepsTheOldFile() {
        // When
        var write = assertThatThrownBy(() -> AtomicFile.write(file, Durability.FULL, out -> {
            out.write(1);
            throw new IOException("no space left");
        }));
        // Then
        write.hasMessage("no space left");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(found -> !found.equals(file));
    }

    @Test
    void preparedVersion_isDroppedWithoutCommit() throws IOException {
        // When
        boolean prepared;
        try (AtomicFile next = AtomicFile.prepare(file, Durability.FULL, out -> out.write(1))) {
            prepared = Files.exists(next.temporary());
        }
        // Then
        assertThat(prepared).isTrue();
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(found -> !found.equals(file));
    }

    @Test
    void write_replacesWhatAKilledWriterLeft() throws IOException {
        // Given
        Files.writeString(folder.resolve(".table.csv.new"), "a longer part of an earlier version");
        // When
        AtomicFile.write(file, "new".getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining(found -> !found.equals(file));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fifo_isNotReplaced() throws Exception {
        // Given
        Path fifo = folder.resolve("pipe");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        // When
        Throwable thrown = catchThrowable(() -> AtomicFile.write(fifo, new byte[1]));
        // Then
        assertThat(thrown)
                .isInstanceOf(UnsuitableFileException.class)
                .hasMessage(fifo + ": is not a regular file, so it is not replaced");
        assertThat(Files.exists(fifo)).isTrue();
        assertThat(Files.isRegularFile(fifo)).isFalse();
        assertThat(folder).isDirectoryNotContaining(found -> found.endsWith(".pipe.new"));
    }

    @Test
    void folder_isNotReplaced() throws Exception {
        // Given
        Path inner = Files.createDirectory(folder.resolve("inner"));
        // When
        Throwable thrown = catchThrowable(() -> AtomicFile.write(inner, new byte[1]));
        // Then
        assertThat(thrown).isInstanceOf(UnsuitableFileException.class);
        assertThat(inner).isDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fifoThatAppearsWhileWriting_isNotReplaced() throws Exception {
        // Given
        Path fifo = folder.resolve("pipe");
        // When
        Throwable thrown;
        try (AtomicFile next = AtomicFile.prepare(fifo, Durability.NONE, out -> out.write(1))) {
            new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
            thrown = catchThrowable(next::commit);
        }
        // Then
        assertThat(thrown).isInstanceOf(UnsuitableFileException.class);
        assertThat(folder).isDirectoryNotContaining(found -> found.endsWith(".pipe.new"));
    }
}
