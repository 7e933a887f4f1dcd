package dynoai.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SmallFileTest {
    @TempDir
    Path folder;

    @Test
    void fileOfTheLimit_isRead_andALargerOneIsAnError() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
        // When
        byte[] read = SmallFile.read(file, 3);
        Throwable tooLarge = catchThrowable(() -> SmallFile.read(file, 2));
        // Then
        assertThat(read).containsExactly(1, 2, 3);
        assertThat(tooLarge).isInstanceOf(UnsuitableFileException.class).hasMessage(file + ": is larger than 2 bytes");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fifoAndFolder_areErrorsAtOnce() throws Exception {
        // Given
        Path fifo = folder.resolve("pipe");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        // When
        Throwable ofFifo = catchThrowable(() -> SmallFile.read(fifo, 10));
        Throwable ofFolder = catchThrowable(() -> SmallFile.read(folder, 10));
        Throwable ofNothing = catchThrowable(() -> SmallFile.read(folder.resolve("none"), 10));
        // Then
        assertThat(ofFifo).isInstanceOf(UnsuitableFileException.class);
        assertThat(ofFolder).isInstanceOf(UnsuitableFileException.class);
        assertThat(ofNothing).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void link_isFollowed_unlessExcluded() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        // When
        byte[] read = SmallFile.read(link, 3);
        Throwable excluded = catchThrowable(() -> SmallFile.read(link, 3, LinkOption.NOFOLLOW_LINKS));
        // Then
        assertThat(read).containsExactly(1, 2, 3);
        assertThat(excluded).isInstanceOf(UnsuitableFileException.class);
    }

    @Test
    void kernelFileWithoutEnd_isEmpty() throws Exception {
        // Given
        Path endless = Path.of("/proc/kmsg");
        assumeTrue(Files.isReadable(endless));
        // When
        byte[] read = SmallFile.read(endless, 10);
        // Then
        assertThat(read).isEmpty();
    }
}
