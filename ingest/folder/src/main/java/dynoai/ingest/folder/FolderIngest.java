package dynoai.ingest.folder;

import dynoai.ingest.folder.claim.ArchiveFolders;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.claim.FolderOptions;
import dynoai.ingest.folder.claim.LogDrafts;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.IngestWork;
import dynoai.ingest.folder.run.RunStateMachine;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.file.DiskRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Ingests one drop folder. */
public final class FolderIngest implements IngestWork {
    /** Pause after a scan as a multiple of its duration: scanning takes at most a fifth of the time. */
    private static final int PAUSE_PER_SCAN = 4;

    /** Delay of the scan after a file event: a writer causes many events, and one scan serves them all. */
    private static final long EVENT_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Foreign claims, however many, must not delay the logs of others. */
    private static final int MAX_CLAIMS_PER_SCAN = 200;

    private final DropRoot root;
    private final FolderSettings settings;
    private final IngestEvents events;
    private final LongSupplier nanoClock;
    private final DiskRoom room;
    private final Claims claims;
    private final UnclaimedFiles unclaimed;
    private final RunStateMachine runs;
    private final WorkFolder work;
    private final @Nullable FileEventWatcher watcher;
    private final Map<Path, String> claimFailures = new HashMap<>();

    private long nextScan;
    private long earliestScan;
    private boolean scannedOnce;
    private String pausedBecause = "";
    private volatile String problem = "";

    public FolderIngest(DropRoot root, FolderSettings settings, RunTransport transport, IngestEvents events)
            throws IOException {
        this(root, settings, transport, events, System::nanoTime, DiskRoom::measured);
    }

    FolderIngest(
            DropRoot root,
            FolderSettings settings,
            RunTransport transport,
            IngestEvents events,
            LongSupplier nanoClock,
            DiskRoom.Gauge disks)
            throws IOException {
        this.root = root;
        this.settings = settings;
        this.events = events;
        this.nanoClock = nanoClock;
        LogDrafts drafts = new LogDrafts(settings.store(), root.id().toString());
        this.room = new DiskRoom(List.of(root.path(), drafts.folder()), disks);
        this.claims = new Claims(
                root,
                new FolderOptions(root.path(), drafts),
                ClaimKey.open(settings.store(), root.work()),
                settings.clock());
        this.unclaimed = new UnclaimedFiles(root, settings, events);
        RunStateMachine.Limits limits = new RunStateMachine.Limits(settings.largestLog(), settings.settle());
        this.runs = new RunStateMachine(
                limits, drafts, claims, new ArchiveFolders(root), transport, settings.admission(), events, nanoClock);
        this.work = new WorkFolder(claims, runs, transport, events);
        this.watcher = settings.watch() ? FileEventWatcher.start(root.path()) : null;
        this.nextScan = nanoClock.getAsLong();
        this.earliestScan = nextScan;
    }

    /** Loads every claim in the work folder, too. */
    @Override
    public void recover() throws IOException, TransportUnavailableException {
        work.loadNewClaims(Integer.MAX_VALUE);
        runs.recover();
    }

    @Override
    public boolean runOnce() throws IOException, TransportUnavailableException {
        boolean worked = root.hasWork() && runs.archiveEnded();
        long now = nanoClock.getAsLong();
        if (now - nextScan >= 0) {
            scan(now);
        }
        if (!root.hasWork()) {
            return false;
        }
        worked |= claimNext();
        worked |= runs.advance();
        return worked;
    }

    /** Waits for a file event or until the next scan is due. */
    @Override
    public void awaitWork(long maxNanos) throws InterruptedException {
        long nanos = Math.min(maxNanos, Math.max(0, nextScan - nanoClock.getAsLong()));
        if (watcher == null) {
            LockSupport.parkNanos(nanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } else if (watcher.await(nanos)) {
            scanBefore(nanoClock.getAsLong() + EVENT_DELAY_NANOS);
        }
    }

    /** Moves the next scan forward, but not closer to the previous one than scans may be. */
    private void scanBefore(long time) {
        long possible = time - earliestScan < 0 ? earliestScan : time;
        if (possible - nextScan < 0) {
            nextScan = possible;
        }
    }

    @Override
    public boolean isIdle() {
        return scannedOnce && unclaimed.unsettled() == 0 && runs.isEmpty();
    }

    /** As of the latest scan. */
    @Override
    public String problem() {
        return problem;
    }

    @Override
    public int inFlight() {
        return runs.inFlight();
    }

    private void scan(long now) throws IOException, TransportUnavailableException {
        checkWork();
        Set<Path> folders = unclaimed.scan(now, claimFailures);
        if (watcher != null) {
            folders.forEach(watcher::add);
        }
        if (root.hasWork()) {
            runs.restoreLostClaims();
            work.loadNewClaims(MAX_CLAIMS_PER_SCAN);
        }
        long took = nanoClock.getAsLong() - now;
        earliestScan = now + took + PAUSE_PER_SCAN * took;
        nextScan = now + took + Math.max(settings.poll().toNanos(), PAUSE_PER_SCAN * took);
        if (unclaimed.untilComplete() < Long.MAX_VALUE) {
            scanBefore(now + unclaimed.untilComplete());
        }
        scannedOnce = true;
        events.scanned(unclaimed.unsettled(), took);
    }

    private void checkWork() throws IOException {
        String found = root.checkWork();
        if (!found.isEmpty() && !found.equals(problem)) {
            events.warning(DropRoot.WORK, found);
        }
        problem = found;
    }

    private boolean claimNext() throws IOException {
        boolean claimed = false;
        while (runs.hasRoom() && !isPaused()) {
            UnclaimedFiles.Complete entry = unclaimed.next();
            if (entry == null) {
                break;
            }
            Path file = entry.file().path();
            try {
                Optional<Claim> claim = claims.claim(entry.file(), entry.seen(), settings.force());
                unclaimed.claimed(file);
                claimFailures.remove(file);
                claim.ifPresent(runs::add);
                claimed = true;
            } catch (IOException | RuntimeException e) {
                claimFailures.put(file, "cannot be claimed: " + e);
                IngestEvents.report(
                        events, root.path().relativize(file), new FileState.Waiting("cannot be claimed: " + e));
            }
        }
        return claimed;
    }

    private boolean isPaused() throws IOException {
        String why = room.shortage();
        if (why.isEmpty() != pausedBecause.isEmpty()) {
            events.claimingPaused(why);
        }
        pausedBecause = why;
        return !why.isEmpty();
    }

    @Override
    public void close() throws IOException {
        runs.close();
        if (watcher != null) {
            watcher.close();
        }
    }
}
