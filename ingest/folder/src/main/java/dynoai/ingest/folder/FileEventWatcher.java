package dynoai.ingest.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes the scan early when the file system reports changes in the drop folder. Nothing depends on it. */
final class FileEventWatcher implements AutoCloseable {
    private final WatchService service;
    private final Set<Path> watched = new HashSet<>();

    private FileEventWatcher(WatchService service) {
        this.service = service;
    }

    /** Returns null where the file system has no events. */
    static @Nullable FileEventWatcher start(Path root) {
        try {
            FileEventWatcher watcher = new FileEventWatcher(root.getFileSystem().newWatchService());
            watcher.add(root);
            return watcher;
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    void add(Path folder) {
        if (watched.contains(folder) || !Files.isDirectory(folder)) {
            return;
        }
        try {
            folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            watched.add(folder);
        } catch (IOException e) {
            // The system's limit of watches is reached: regular scans cover this folder.
            watched.remove(folder);
        }
    }

    /** Waits for an event and returns whether one came. */
    boolean await(long nanos) throws InterruptedException {
        WatchKey key = service.poll(nanos, TimeUnit.NANOSECONDS);
        boolean woken = key != null;
        while (key != null) {
            key.pollEvents();
            if (!key.reset()) {
                watched.remove((Path) key.watchable());
            }
            key = service.poll();
        }
        return woken;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
