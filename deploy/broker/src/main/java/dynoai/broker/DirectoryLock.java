package dynoai.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Keeps a second node off a data directory, and tells it who is there. Two brokers on one directory would corrupt each
 * other before Kafka's own lock acts. The operating system frees the lock when the holder dies, however it dies.
 */
final class DirectoryLock implements AutoCloseable {
    static final String FILE = "node.lock";

    /** The locked byte lies far behind the text, so that the text can be read where locks are mandatory. */
    private static final long LOCKED_BYTE = 1L << 20;

    private static final int LONGEST_HOLDER = 1024;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path root) throws BrokerStartException {
        Path file = root.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                String holder = read(channel);
                channel.close();
                throw new BrokerStartException("the data directory " + root + " is in use by " + holder
                        + "; stop that one first, or give this one another --data");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(false);
            return new DirectoryLock(channel);
        } catch (IOException failed) {
            throw new BrokerStartException(
                    "the data directory " + root + " cannot be locked: " + failed.getMessage(), failed);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock == null;
        } catch (OverlappingFileLockException inThisVeryProcess) {
            return true;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_HOLDER);
        channel.read(text, 0);
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).trim();
        return holder.isEmpty() ? "another process" : holder;
    }

    private static String self() {
        return "process " + ProcessHandle.current().pid() + " on " + host() + ", started "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "this machine";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
