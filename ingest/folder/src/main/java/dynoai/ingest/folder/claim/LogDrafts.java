package dynoai.ingest.folder.claim;

import dynoai.schemas.file.Sha256;
import dynoai.schemas.store.ContentStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.stream.Stream;

/** Copies logs and base tables, on their way into the store. */
public final class LogDrafts {
    private static final int BUFFER = 1 << 18;

    private final ContentStore store;
    private final Path folder;
    private final String owner;

    /** @param owner marks the drafts of this owner, so that it deletes only its own at start */
    public LogDrafts(ContentStore store, String owner) throws IOException {
        this.store = store;
        this.folder = Files.createDirectories(store.drafts()).toRealPath();
        this.owner = owner;
        try (Stream<Path> files = Files.list(folder)) {
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

    public ContentStore store() {
        return store;
    }

    /** The local folder of the drafts. */
    public Path folder() {
        return folder;
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
        return new Draft(store, copy, Sha256.hex(digest), size, false);
    }

    /** Returns the store's own file as a draft that is in the store already. */
    public Draft stored(Path file, String sha256, long size) {
        return new Draft(store, file, sha256, size, true);
    }

    /**
     * A copy with its hash.
     *
     * @param stored whether it is the store's own file
     */
    public record Draft(ContentStore store, Path path, String sha256, long size, boolean stored)
            implements AutoCloseable {
        /** Syncs the copy to the disk. */
        public void sync() throws IOException {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        /** Puts the copy into the store, durably, unless the store has these bytes. */
        public void keep() throws IOException {
            if (!stored) {
                store.put(path, sha256);
            }
        }

        @Override
        public void close() throws IOException {
            if (!stored) {
                Files.deleteIfExists(path);
            }
        }
    }
}
