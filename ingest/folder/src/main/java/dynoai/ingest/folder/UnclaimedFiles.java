package dynoai.ingest.folder;

import dynoai.ingest.folder.run.FairReadyQueue;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.scan.BaseTables;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.ingest.folder.scan.FolderScan;
import dynoai.ingest.folder.scan.PreexistingFiles;
import dynoai.ingest.folder.scan.Settling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that are not claimed: scans the folder, lets them settle, and queues what is complete. */
final class UnclaimedFiles {
    /** A file that may be claimed. */
    record Complete(FolderScan.Found file, Settling.Verdict.Complete seen) {}

    private final DropRoot root;
    private final DropLayout layout;
    private final IngestEvents events;
    private final BaseTables baseTables;
    private final Settling settling;
    private final PreexistingFiles preexisting;
    private final FairReadyQueue<Complete> ready;
    private final Map<Path, FileState> states = new HashMap<>();
    private int unsettled;
    private long untilComplete = Long.MAX_VALUE;

    UnclaimedFiles(DropRoot root, FolderSettings settings, IngestEvents events) throws IOException {
        this.root = root;
        this.layout = settings.layout();
        this.events = events;
        this.baseTables = new BaseTables(root.path());
        this.ready = new FairReadyQueue<>(settings.admission().turns());
        this.settling = new Settling(settings.settle());
        this.preexisting = PreexistingFiles.of(root, layout, settings.takeExisting());
    }

    /** Takes the next file that is to be claimed; null if none is complete, or each is of a shop with enough in flight. */
    @Nullable
    Complete next() {
        return ready.next();
    }

    /** Logs that will be claimed once they have settled. */
    int unsettled() {
        return unsettled;
    }

    /** Nanoseconds from the start of the latest scan until the next file is complete; the maximum if none is settling. */
    long untilComplete() {
        return untilComplete;
    }

    /**
     * @param claimFailures why files could not be claimed
     * @return the folders that were scanned, for file events
     */
    Set<Path> scan(long now, Map<Path, String> claimFailures) throws IOException {
        FolderScan scan = FolderScan.of(root.path(), layout, baseTables);
        Set<Path> present = new HashSet<>();
        scan.found().forEach(found -> present.add(found.path()));
        settling.begin(present, scan.unfinished());
        ready.clear();
        unsettled = 0;
        untilComplete = Long.MAX_VALUE;
        Map<Path, FileState> seen = new HashMap<>();
        scan.leftAlone().forEach((path, why) -> seen.put(path, new FileState.LeftAlone(why)));
        for (FolderScan.Found found : scan.found()) {
            FileState state;
            try {
                state = stateOf(found, now, claimFailures.get(found.path()));
            } catch (RuntimeException e) {
                state = new FileState.Waiting("cannot be examined: " + e);
            }
            seen.put(found.path(), state);
        }
        report(seen);
        return scan.folders();
    }

    private FileState stateOf(FolderScan.Found found, long now, @Nullable String claimFailure) {
        if (preexisting.holds(found)) {
            return new FileState.LeftAlone(PreexistingFiles.WHY);
        }
        unsettled++;
        Settling.Verdict verdict = settling.check(found.path(), found.attributes(), found.markedDone(), now);
        if (verdict instanceof Settling.Verdict.Complete complete) {
            ready.add(found.shop(), found.attributes().size(), new Complete(found, complete));
            return claimFailure == null ? new FileState.Settling() : new FileState.Waiting(claimFailure);
        }
        if (verdict instanceof Settling.Verdict.Unreadable unreadable) {
            return new FileState.Waiting(unreadable.why());
        }
        if (verdict instanceof Settling.Verdict.Changing changing) {
            untilComplete = Math.min(untilComplete, changing.completeAt() - now);
        }
        return new FileState.Settling();
    }

    private void report(Map<Path, FileState> seen) {
        seen.forEach((path, state) -> {
            if (!state.equals(states.get(path))) {
                IngestEvents.report(events, root.path().relativize(path), state);
            }
        });
        for (Path path : states.keySet()) {
            if (!seen.containsKey(path)) {
                events.fileVanished(root.path().relativize(path));
            }
        }
        states.clear();
        states.putAll(seen);
    }

    void claimed(Path file) {
        states.remove(file);
        settling.forget(file);
        unsettled--;
    }
}
