package dynoai.ingest.folder;

import dynoai.ingest.folder.run.Admission;
import dynoai.ingest.folder.run.ShopTurns;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.schemas.store.ContentStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Settings of the ingest of one drop folder.
 *
 * @param root the drop folder
 * @param layout what its folders name
 * @param store keeps the logs
 * @param settle how long a file must be unchanged before it is claimed
 * @param poll pause between two scans
 * @param watch whether file events start a scan earlier
 * @param takeExisting claim logs that were there before the first start
 * @param force run duplicates again
 * @param largestLog largest accepted log in bytes
 * @param admission shared by the drop folders of a process
 * @param clock for dates and run ids; nothing is decided by it
 */
public record FolderSettings(
        Path root,
        DropLayout layout,
        ContentStore store,
        Duration settle,
        Duration poll,
        boolean watch,
        boolean takeExisting,
        boolean force,
        long largestLog,
        Admission admission,
        Clock clock) {

    public static FolderSettings of(Path root, ContentStore store) {
        return new FolderSettings(
                root,
                DropLayout.SHOPS,
                store,
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                true,
                false,
                false,
                4L << 30,
                new Admission(ShopTurns.Limits.DEFAULT),
                Clock.systemUTC());
    }

    public FolderSettings root(Path changed) {
        return new FolderSettings(
                changed, layout, store, settle, poll, watch, takeExisting, force, largestLog, admission, clock);
    }

    public FolderSettings layout(DropLayout changed) {
        return new FolderSettings(
                root, changed, store, settle, poll, watch, takeExisting, force, largestLog, admission, clock);
    }

    public FolderSettings store(ContentStore changed) {
        return new FolderSettings(
                root, layout, changed, settle, poll, watch, takeExisting, force, largestLog, admission, clock);
    }

    public FolderSettings settle(Duration changed) {
        return new FolderSettings(
                root, layout, store, changed, poll, watch, takeExisting, force, largestLog, admission, clock);
    }

    public FolderSettings poll(Duration changed) {
        return new FolderSettings(
                root, layout, store, settle, changed, watch, takeExisting, force, largestLog, admission, clock);
    }

    public FolderSettings watch(boolean changed) {
        return new FolderSettings(
                root, layout, store, settle, poll, changed, takeExisting, force, largestLog, admission, clock);
    }

    public FolderSettings takeExisting(boolean changed) {
        return new FolderSettings(
                root, layout, store, settle, poll, watch, changed, force, largestLog, admission, clock);
    }

    public FolderSettings force(boolean changed) {
        return new FolderSettings(
                root, layout, store, settle, poll, watch, takeExisting, changed, largestLog, admission, clock);
    }

    public FolderSettings largestLog(long changed) {
        return new FolderSettings(
                root, layout, store, settle, poll, watch, takeExisting, force, changed, admission, clock);
    }

    public FolderSettings admission(Admission changed) {
        return new FolderSettings(
                root, layout, store, settle, poll, watch, takeExisting, force, largestLog, changed, clock);
    }

    public FolderSettings clock(Clock changed) {
        return new FolderSettings(
                root, layout, store, settle, poll, watch, takeExisting, force, largestLog, admission, changed);
    }
}
