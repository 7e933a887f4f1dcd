package dynoai.ingest.folder;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/** The folders of one drop root, its identity, and the lock that keeps a second ingest out. */
public final class DropRoot implements AutoCloseable {
    static final String WORK = ".work";
    static final String OWN = ".dynoai";
    static final String DONE = "done";
    static final String REJECTED = "rejected";
    static final String DUPLICATES = "duplicates";

    /** Names at the top of the root that are ours, hence no shops. */
    static final Set<String> RESERVED = Set.of(DONE, REJECTED, DUPLICATES);

    private final Path root;
    private final FileChannel lockFile;
    private final UUID id;

    private DropRoot(Path root, FileChannel lockFile, UUID id) {
        this.root = root;
        this.lockFile = lockFile;
        this.id = id;
    }

    /**
     * Makes the root if it is missing and takes its lock.
     *
     * @throws RootTaken when another process has it; the message names which
     */
    public static DropRoot open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path root = folder.toRealPath();
        Path own = Files.createDirectories(root.resolve(OWN));
        Files.createDirectories(root.resolve(WORK));
        FileChannel channel = lock(own.resolve("lock"), root);
        try {
            Path idFile = own.resolve("root-id");
            if (!Files.exists(idFile)) {
                DurableFiles.write(idFile, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
            }
            UUID id = UUID.fromString(
                    Files.readString(idFile, StandardCharsets.US_ASCII).trim());
            return new DropRoot(root, channel, id);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static FileChannel lock(Path file, Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            String holder = Files.readString(file, StandardCharsets.UTF_8).trim();
            channel.close();
            throw new RootTaken(root + " is already taken by " + (holder.isEmpty() ? "another process" : holder));
        }
        byte[] holder =
                ("process " + ProcessHandle.current().pid() + " on " + host() + "\n").getBytes(StandardCharsets.UTF_8);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder), 0);
        return channel;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException nameless) {
            return "this machine";
        }
    }

    /** Stays the same for the life of the folder, whoever works on it. */
    public UUID id() {
        return id;
    }

    public Path path() {
        return root;
    }

    Path own(String name) {
        return root.resolve(OWN).resolve(name);
    }

    Path work() {
        return root.resolve(WORK);
    }

    Path work(String runId) {
        return root.resolve(WORK).resolve(runId);
    }

    Path endFolder(String kind, LocalDate day) throws IOException {
        return Files.createDirectories(root.resolve(kind).resolve(day.toString()));
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** Another process works on this root. */
    public static final class RootTaken extends IOException {
        private static final long serialVersionUID = 1L;

        RootTaken(String message) {
            super(message);
        }
    }
}
