package dynoai.exporter.ve;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two processes, or two threads, from writing one file at the same time. The system lets go of it when its holder
 * dies, so a kill never leaves a file locked. The empty lock file stays: removing it would let two holders lock two files
 * of the same name.
 */
final class OutputLock implements AutoCloseable {
    /**
     * What this process holds. The system's locks belong to a process, and closing any channel of a locked file gives all
     * of them up, so a second thread must not even open the lock file.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final List<Path> held = new ArrayList<>();
    private final List<FileChannel> channels = new ArrayList<>();

    private OutputLock() {}

    /** Takes the locks of all files or is refused at once; there is no waiting. */
    static OutputLock of(Path... outputs) throws VeException, IOException {
        OutputLock lock = new OutputLock();
        boolean all = false;
        try {
            for (Path output : outputs) {
                if (!lock.isTaken(output.resolveSibling("." + output.getFileName() + ".lock"))) {
                    throw new VeException(
                            VeException.Reason.BUSY,
                            output + " is being written by another apply or rollback; nothing was done");
                }
            }
            all = true;
        } finally {
            if (!all) {
                lock.close();
            }
        }
        return lock;
    }

    private boolean isTaken(Path lockFile) throws IOException {
        if (!HELD_HERE.add(lockFile)) {
            return false;
        }
        held.add(lockFile);
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        channels.add(channel);
        return channel.tryLock() != null;
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
        held.forEach(HELD_HERE::remove);
    }
}
