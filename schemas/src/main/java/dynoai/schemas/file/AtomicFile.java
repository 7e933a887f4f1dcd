package dynoai.schemas.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Set;

/**
 * The next version of a file, written under a temporary name and renamed into place by {@link #commit}. Readers see the old
 * file or the new one, never a part. The temporary name is always {@code .NAME.new}, so a file has one writer at a time and
 * the next write replaces what a killed one left.
 */
public final class AtomicFile implements AutoCloseable {
    private final Path file;
    private final Path temporary;
    private final Durability durability;

    /** What survives a power failure once the file is committed. */
    public enum Durability {
        /** The bytes and the name. */
        FULL,
        /** The bytes. The name is durable after the next {@link AtomicFile#syncFolder}. */
        BYTES,
        /** Neither is guaranteed. */
        NONE
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile(Path file, Durability durability) {
        this.file = file;
        this.temporary = file.resolveSibling("." + file.getFileName() + ".new");
        this.durability = durability;
    }

    /** Writes or replaces a file with full durability. */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, Durability.FULL, out -> out.write(bytes));
    }

    /** Writes or replaces a file. */
    public static void write(Path file, Durability durability, Content content, FileAttribute<?>... attributes)
            throws IOException {
        try (AtomicFile next = prepare(file, durability, content, attributes)) {
            next.commit();
        }
    }

    /**
     * Writes the next version of a file under its temporary name. Closing it without {@link #commit} deletes it.
     *
     * @param attributes of the new file, such as its permissions, which it has from its creation
     * @throws UnsuitableFileException as {@link #requireReplaceable}
     */
    public static AtomicFile prepare(Path file, Durability durability, Content content, FileAttribute<?>... attributes)
            throws IOException {
        requireReplaceable(file);
        AtomicFile next = new AtomicFile(file, durability);
        boolean written = false;
        Files.deleteIfExists(next.temporary);
        try (FileChannel channel = FileChannel.open(
                next.temporary, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), attributes)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(out);
            out.flush();
            if (durability != Durability.NONE) {
                channel.force(true);
            }
            written = true;
        } finally {
            if (!written) {
                next.close();
            }
        }
        return next;
    }

    /**
     * Checks that a file can be written or replaced.
     *
     * @throws UnsuitableFileException if there is a folder, device, FIFO or socket of this name, which a rename would replace
     */
    public static void requireReplaceable(Path file) throws UnsuitableFileException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UnsuitableFileException(file, "is not a regular file, so it is not replaced");
        }
    }

    /** The temporary name. */
    public Path temporary() {
        return temporary;
    }

    /** Renames the prepared version into place. */
    public void commit() throws IOException {
        requireReplaceable(file);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        if (durability == Durability.FULL) {
            syncFolder(folderOf(file));
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }

    /**
     * Gives a written file a second name, or moves it on a file system without hard links.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name, which is not replaced
     */
    public static void placeUnlessExists(Path written, Path file) throws IOException {
        try {
            Files.createLink(file, written);
        } catch (UnsupportedOperationException ignored) {
            Files.move(written, file);
        }
    }

    /** Returns the folder that a file is in. */
    public static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root folder is not a file");
    }

    /**
     * Makes the names in a folder durable. Windows cannot open folders and needs no sync; some network file systems can open
     * but not sync them, which is ignored.
     */
    public static void syncFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            try {
                channel.force(true);
            } catch (IOException ignored) {
                // Unsupported here. There is no error code, and the text of the message depends on the locale.
            }
        }
    }
}
