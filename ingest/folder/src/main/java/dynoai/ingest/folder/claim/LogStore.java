package dynoai.ingest.folder.claim;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.HashedFiles;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.stream.Stream;

/** Keeps logs and base tables by the hash of their bytes. Its files never change; equal bytes are kept once. */
public final class LogStore {
    private static final int BUFFER = 1 << 18;

    private final Path folder;
    private final String owner;
    private final HashedFiles stored;

    /**
     * @param owner marks the temporary files of this owner, so that it deletes only its own at start
     * @param stored receives the files that are stored
     */
    public LogStore(Path folder, String owner, HashedFiles stored) throws IOException {
        this.folder = Files.createDirectories(folder).toRealPath();
        this.owner = owner;
        this.stored = stored;
        try (Stream<Path> files = Files.list(this.folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith(prefix())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private String prefix() {
        return ".tmp-" + owner + "-";
    }

    public Path folder() {
        return folder;
    }

    public boolean holds(String sha256) {
        return Files.exists(path(sha256));
    }

    /** Returns the path for bytes of this hash, stored or not. */
    public Path path(String sha256) {
        return ContentPath.of(folder, sha256);
    }

    /**
     * Copies and hashes a file; the copy becomes part of the store with {@link Draft#keep}.
     *
     * @param maxBytes copying ends after this many bytes and the buffer's, for a file that grows meanwhile
     * @throws NoSuchFileException if there is no regular file of this name; a link is not followed
     */
    public Draft draft(Path source, long maxBytes) throws IOException {
        if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(source.toString(), null, "not a regular file");
        }
        Path copy = Files.createTempFile(folder, prefix(), "");
        MessageDigest digest = Sha256.digest();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS);
                OutputStream out = Files.newOutputStream(copy)) {
            for (int read = in.read(buffer); read >= 0 && size <= maxBytes; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
                size += read;
            }
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
        return new Draft(this, copy, Sha256.hex(digest), size);
    }

    /** A copy with its hash, not yet in the store. */
    public record Draft(LogStore store, Path path, String sha256, long size) implements AutoCloseable {
        /** Syncs the copy to the disk. */
        public void sync() throws IOException {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        /** Moves the copy into the store, durably, unless the store has these bytes. */
        public void keep() throws IOException {
            Path target = store.path(sha256);
            if (Files.exists(target) && Files.size(target) == size) {
                return;
            }
            Path parent = AtomicFile.folderOf(target);
            boolean newParent = !Files.exists(parent);
            Files.createDirectories(parent);
            sync();
            CrashPoint.INGEST_BEFORE_STORE.reached();
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.syncFolder(parent);
            if (newParent) {
                AtomicFile.syncFolder(store.folder());
            }
            store.stored.add(target);
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }
}
