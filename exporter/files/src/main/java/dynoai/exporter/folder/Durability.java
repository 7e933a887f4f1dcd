package dynoai.exporter.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes files outlast a power failure. All are written before the first is forced, and several are forced at a time: a
 * journalling file system then commits them together, which takes a fraction of the time of one after the other.
 */
final class Durability {
    private static final int AT_A_TIME = 6;

    /** Folders cannot be opened on Windows, where a rename is durable without. */
    private static final boolean FOLDERS_CAN_BE_FORCED =
            !System.getProperty("os.name", "").startsWith("Windows");

    private Durability() {}

    static void forceAll(Collection<FileChannel> files) throws IOException {
        Queue<FileChannel> waiting = new ConcurrentLinkedQueue<>(files);
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < Math.min(AT_A_TIME, files.size()); i++) {
            Thread thread = new Thread(() -> forceWaiting(waiting, failure), "fsync-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        forceWaiting(waiting, failure);
        for (Thread thread : threads) {
            joinUninterrupted(thread);
        }
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    static void forceFolder(Path folder) throws IOException {
        if (FOLDERS_CAN_BE_FORCED) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void forceWaiting(Queue<FileChannel> waiting, AtomicReference<@Nullable IOException> failure) {
        for (FileChannel file = waiting.poll(); file != null; file = waiting.poll()) {
            try {
                file.force(true);
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    /** The files are in use until the last thread is done, interrupted or not. */
    private static void joinUninterrupted(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
