package dynoai.ingest.folder.scan;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/** The folders of a drop root, its identity, and the lock that keeps a second ingest out. */
public final class DropRoot implements AutoCloseable {
    public static final String WORK = ".work";
    static final String OWN = ".dynoai";
    public static final String DONE = "done";
    public static final String REJECTED = "rejected";
    public static final String DUPLICATES = "duplicates";

    /** Names in the root that cannot be shops. */
    private static final Set<String> RESERVED = Set.of(DONE, REJECTED, DUPLICATES);

    private final Path root;
    private final LockFile lock;
    private final UUID id;

    private DropRoot(Path root, LockFile lock, UUID id) {
        this.root = root;
        this.lock = lock;
        this.id = id;
    }

    /**
     * Creates the root if it is missing and locks it.
     *
     * @throws IOException if the folder cannot be used, or another process has locked it; the message names that process
     */
    public static DropRoot open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path root = folder.toRealPath();
        Path own = Files.createDirectories(root.resolve(OWN));
        Files.createDirectories(root.resolve(WORK));
        LockFile lock = lock(own.resolve("lock"), root);
        try {
            Path idFile = own.resolve("root-id");
            if (!Files.exists(idFile)) {
                AtomicFile.write(idFile, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
            }
            UUID id = UUID.fromString(
                    Files.readString(idFile, StandardCharsets.US_ASCII).trim());
            return new DropRoot(root, lock, id);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether a folder in the root cannot be a shop's. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    private static LockFile lock(Path file, Path root) throws IOException {
        try {
            return LockFile.acquire(file);
        } catch (LockFile.HeldException e) {
            throw new IOException(root + " is already taken by " + e.holder(), e);
        }
    }

    /** Stays the same for the life of the folder. */
    public UUID id() {
        return id;
    }

    public Path path() {
        return root;
    }

    /** Returns a path relative to a root, with slashes on every system. */
    public static String relative(Path root, Path path) {
        StringBuilder names = new StringBuilder();
        for (Path name : root.relativize(path)) {
            names.append(names.length() == 0 ? "" : "/").append(name);
        }
        return names.toString();
    }

    /** Whether a folder in a root without links exists, and no part of its path is a link. */
    public static boolean isPlain(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && folder.toRealPath().equals(folder);
    }

    Path own(String name) {
        return root.resolve(OWN).resolve(name);
    }

    public Path work() {
        return root.resolve(WORK);
    }

    public Path work(String runId) {
        return root.resolve(WORK).resolve(runId);
    }

    public Path endFolder(String kind, LocalDate day) throws IOException {
        return Files.createDirectories(root.resolve(kind).resolve(day.toString()));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
