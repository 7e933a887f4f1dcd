package dynoai.schemas.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An exclusive lock between processes, and between the threads of one. The file says who holds it. The operating system
 * releases the lock when its holder dies. The file stays: deleting it would let two holders lock two files of one name.
 */
public final class LockFile implements AutoCloseable {
    /** The locked byte is far behind the text, which stays readable where locks are mandatory. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MAX_HOLDER_BYTES = 1024;

    /**
     * Locks of this process. POSIX locks belong to a process, and closing any channel of a locked file releases them, so a
     * locked file must not be opened a second time.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Another process or thread holds the lock. */
    public static final class HeldException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String holder;

        private HeldException(Path file, String holder) {
            super(file + " is locked by " + holder);
            this.holder = holder;
        }

        /** Who holds the lock, for a message. */
        public String holder() {
            return holder;
        }
    }

    /**
     * Acquires the lock without waiting and creates the file if it is missing.
     *
     * @throws HeldException if another process or thread holds it
     */
    public static LockFile acquire(Path file) throws IOException {
        Path key = AtomicFile.folderOf(file).toRealPath().resolve(file.getFileName());
        if (!HELD_HERE.add(key)) {
            throw new HeldException(file, self());
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw new HeldException(file, holder(channel));
            }
            String since = ", started " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((self() + since + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            acquired = true;
            return new LockFile(key, channel);
        } finally {
            if (!acquired) {
                if (channel != null) {
                    channel.close();
                }
                HELD_HERE.remove(key);
            }
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_HOLDER_BYTES);
        channel.read(text, 0);
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).trim();
        return holder.isEmpty() ? "another process" : holder;
    }

    private static String self() {
        return "process " + ProcessHandle.current().pid() + " on " + ThisMachine.name();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }
}
