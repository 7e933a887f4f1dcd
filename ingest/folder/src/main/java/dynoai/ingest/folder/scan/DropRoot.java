package dynoai.ingest.folder.scan;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.LockFile;
import dynoai.schemas.file.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/** The folders of a drop root, its identity, and the lock that keeps a second ingest out. */
public final class DropRoot implements AutoCloseable {
    public static final String WORK = ".work";
    public static final String OWN = ".dynoai";
    private static final int MAX_ID_BYTES = 1024;
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
        Path own = root.resolve(OWN);
        requireFolder(own);
        Files.createDirectories(own);
        Path lockFile = own.resolve("lock");
        if (Files.isSymbolicLink(lockFile)) {
            throw new FileSystemException(lockFile.toString(), null, "is a symbolic link; remove it");
        }
        LockFile lock = lock(lockFile, root);
        try {
            Path idFile = own.resolve("root-id");
            if (!Files.exists(idFile)) {
                AtomicFile.write(idFile, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
            }
            DropRoot opened = new DropRoot(root, lock, id(idFile));
            opened.checkWork();
            return opened;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static UUID id(Path file) throws IOException {
        String text =
                new String(SmallFile.read(file, MAX_ID_BYTES, LinkOption.NOFOLLOW_LINKS), StandardCharsets.US_ASCII);
        try {
            return UUID.fromString(text.trim());
        } catch (IllegalArgumentException e) {
            throw new FileSystemException(file.toString(), null, "is not a UUID; restore it");
        }
    }

    /** Checks that a path does not exist or is a folder, and not a link to one. */
    private static void requireFolder(Path path) throws FileSystemException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(
                    path.toString(), null, "is a link or a file where a folder belongs; remove it");
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

    /** Makes a folder in a root without links, and those above it. Returns false if a link or a file is in the way. */
    public static boolean makePlain(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (!makePlain(AtomicFile.folderOf(folder))) {
                return false;
            }
            Files.createDirectories(folder);
        }
        return isPlain(folder);
    }

    /** Returns a folder for the ingest's own files in a root, which it makes if it is missing. */
    public static Path ownFolder(Path root, String name) throws IOException {
        Path folder = root.resolve(OWN).resolve(name);
        if (!makePlain(folder)) {
            throw new FileSystemException(folder.toString(), null, "is a link or a file where a folder belongs");
        }
        return folder;
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

    /**
     * Makes the work folder if it is missing.
     *
     * @return why claims were or are in danger; empty when the folder is as it should be
     */
    public String checkWork() throws IOException {
        if (hasWork()) {
            return "";
        }
        if (Files.exists(work(), LinkOption.NOFOLLOW_LINKS)) {
            return WORK + " in the drop folder is not a folder; remove it";
        }
        Files.createDirectory(work());
        return WORK + " in the drop folder was removed; it is made again";
    }

    /** Whether the work folder exists and is not a link. */
    public boolean hasWork() {
        return Files.isDirectory(work(), LinkOption.NOFOLLOW_LINKS);
    }

    /** @throws FileSystemException if the folder is a link or a file, which is not followed */
    public Path endFolder(String kind, LocalDate day) throws IOException {
        Path folder = root.resolve(kind).resolve(day.toString());
        requireFolder(root.resolve(kind));
        requireFolder(folder);
        return Files.createDirectories(folder);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
