package dynoai.ingest.folder;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What an ingest of one drop folder is told.
 *
 * @param root the drop folder
 * @param store where logs are kept by content
 * @param settle how long a file must not have moved
 * @param poll pause between two scans
 * @param watch whether file events may wake the scan earlier
 * @param takeExisting take logs that lay there before the first start
 * @param force make a second run of what was a run before
 * @param inFlight how many runs may be sent and without a result at a time
 * @param largestLog bytes above which a log is refused
 */
public record FolderSettings(
        Path root,
        Path store,
        Duration settle,
        Duration poll,
        boolean watch,
        boolean takeExisting,
        boolean force,
        int inFlight,
        long largestLog) {

    public static FolderSettings of(Path root, Path store) {
        return new FolderSettings(
                root, store, Duration.ofSeconds(3), Duration.ofSeconds(2), true, false, false, 256, 4L << 30);
    }

    public FolderSettings settle(Duration changed) {
        return new FolderSettings(root, store, changed, poll, watch, takeExisting, force, inFlight, largestLog);
    }

    public FolderSettings poll(Duration changed) {
        return new FolderSettings(root, store, settle, changed, watch, takeExisting, force, inFlight, largestLog);
    }

    public FolderSettings watch(boolean changed) {
        return new FolderSettings(root, store, settle, poll, changed, takeExisting, force, inFlight, largestLog);
    }

    public FolderSettings takeExisting(boolean changed) {
        return new FolderSettings(root, store, settle, poll, watch, changed, force, inFlight, largestLog);
    }

    public FolderSettings force(boolean changed) {
        return new FolderSettings(root, store, settle, poll, watch, takeExisting, changed, inFlight, largestLog);
    }

    public FolderSettings largestLog(long changed) {
        return new FolderSettings(root, store, settle, poll, watch, takeExisting, force, inFlight, changed);
    }
}
