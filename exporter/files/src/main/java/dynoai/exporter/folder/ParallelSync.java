package dynoai.exporter.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Forces files to disk, several at a time. A journalling file system commits them together, which takes a fraction of the time
 * of one after the other.
 */
final class ParallelSync {
    private static final int MAX_THREADS = 6;

    private ParallelSync() {}

    static void force(Collection<FileChannel> files) throws IOException {
        Queue<FileChannel> waiting = new ConcurrentLinkedQueue<>(files);
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < Math.min(MAX_THREADS, files.size()); i++) {
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

    private static void forceWaiting(Queue<FileChannel> waiting, AtomicReference<@Nullable IOException> failure) {
        for (FileChannel file = waiting.poll(); file != null; file = waiting.poll()) {
            try {
                file.force(true);
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    /** Waits even if interrupted, because the threads use the files. */
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
