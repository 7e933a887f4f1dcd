package dynoai.schemas.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A file of lines that are only added. A large file is renamed to {@code NAME.1}, and older ones to {@code NAME.2} and so on. */
public final class RotatedFile {
    private final Path file;
    private final long maxBytes;
    private final int maxOlder;

    /**
     * @param file is created with the first line
     * @param maxBytes after which the next line begins a new file
     * @param maxOlder number of renamed files that are kept
     */
    public RotatedFile(Path file, long maxBytes, int maxOlder) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.maxOlder = maxOlder;
    }

    /** The file that has the last lines. */
    public Path file() {
        return file;
    }

    /**
     * Adds a line.
     *
     * @param durable whether it has to survive a power failure
     */
    public synchronized void add(byte[] line, boolean durable) throws IOException {
        Files.createDirectories(AtomicFile.folderOf(file));
        rotate();
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND,
                        LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n');
            bytes.flip();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durable) {
                channel.force(true);
            }
        }
    }

    private void rotate() throws IOException {
        try {
            if (Files.size(file) < maxBytes) {
                return;
            }
        } catch (NoSuchFileException ignored) {
            return; // The first line.
        }
        for (int number = maxOlder; number > 0; number--) {
            Path older = number == 1 ? file : older(number - 1);
            if (Files.exists(older, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(older, older(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path older(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
