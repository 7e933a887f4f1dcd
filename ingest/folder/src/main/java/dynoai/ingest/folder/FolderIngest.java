package dynoai.ingest.folder;

import dynoai.ingest.folder.RunTransport.CarrierDown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One drop folder's state machine. {@link #start} takes up what an earlier process left, {@link #turn} does the next few
 * things there are to do, {@link #rest} waits until there may be more. All three belong to one thread.
 */
public final class FolderIngest implements AutoCloseable {
    /** A scan may take at most a fifth of the time. */
    private static final int REST_PER_SCAN = 4;

    private final DropRoot root;
    private final FolderSettings settings;
    private final IngestEvents events;
    private final LongSupplier nanoClock;
    private final DiskRoom room;
    private final Claims claims;
    private final UnclaimedFiles watching;
    private final RunStateMachine runs;
    private final @Nullable FileEventWatcher watch;
    private final Map<Path, String> cannotBeClaimed = new HashMap<>();

    private long nextScan;
    private boolean scannedOnce;
    private String pausedBecause = "";

    public FolderIngest(DropRoot root, FolderSettings settings, RunTransport carrier, IngestEvents events)
            throws IOException {
        this(root, settings, carrier, events, Clock.systemUTC(), System::nanoTime, DiskRoom::measured);
    }

    FolderIngest(
            DropRoot root,
            FolderSettings settings,
            RunTransport carrier,
            IngestEvents events,
            Clock clock,
            LongSupplier nanoClock,
            DiskRoom.Gauge disks)
            throws IOException {
        this.root = root;
        this.settings = settings;
        this.events = events;
        this.nanoClock = nanoClock;
        LogStore store = new LogStore(settings.store(), root.id().toString());
        this.room = new DiskRoom(List.of(root.path(), store.folder()), disks);
        this.claims = new Claims(root, new FolderOptions(root.path(), store), clock);
        this.watching = new UnclaimedFiles(root, settings, events);
        this.runs = new RunStateMachine(root, settings, store, claims, carrier, events, nanoClock);
        this.watch = settings.watch() ? FileEventWatcher.start(root.path()) : null;
        this.nextScan = nanoClock.getAsLong();
    }

    /** Takes up every claim in the work folder. To be called again after the carrier was made anew. */
    public void start() throws IOException, CarrierDown {
        runs.recover();
    }

    /**
     * Does what there is to do, without waiting for anything but the disk and the carrier.
     *
     * @return whether something was done, so that another turn may follow at once
     */
    public boolean turn() throws IOException, CarrierDown {
        boolean did = runs.takeOutcomes();
        long now = nanoClock.getAsLong();
        if (now - nextScan >= 0) {
            scan(now);
        }
        did |= claimNext();
        did |= runs.sendNext();
        return did;
    }

    /** Waits for a file event or the next scan, whichever comes first, at most this long. */
    public void rest(long mostNanos) throws InterruptedException {
        long nanos = Math.min(mostNanos, Math.max(0, nextScan - nanoClock.getAsLong()));
        if (watch == null) {
            LockSupport.parkNanos(nanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } else if (watch.await(nanos)) {
            nextScan =
                    Math.min(nextScan, nanoClock.getAsLong() + settings.poll().toNanos() / 10);
        }
    }

    /** Whether every file that lies in the folder has come to an end state or is left alone. */
    public boolean isIdle() {
        return scannedOnce && watching.unsettled() == 0 && runs.isEmpty();
    }

    /** Runs that were sent and have no result yet. */
    public int inFlight() {
        return runs.inFlight();
    }

    private void scan(long now) throws IOException {
        Set<Path> folders = watching.scan(now, cannotBeClaimed);
        long took = nanoClock.getAsLong() - now;
        nextScan = now + took + Math.max(settings.poll().toNanos(), REST_PER_SCAN * took);
        if (watch != null) {
            folders.forEach(watch::add);
        }
        runs.takeUpNewFolders();
        scannedOnce = true;
        events.scanned(watching.unsettled(), 0, took);
    }

    private boolean claimNext() throws IOException {
        boolean did = false;
        while (runs.hasRoom() && !watching.ready().isEmpty() && !isPaused()) {
            FairReadyQueue.Entry entry = Objects.requireNonNull(watching.ready().next());
            Path file = entry.file().path();
            try {
                Optional<Claim> claim = claims.claim(entry.file(), entry.seen(), settings.force());
                watching.claimed(file);
                cannotBeClaimed.remove(file);
                claim.ifPresent(runs::add);
                did = true;
            } catch (IOException inTheWay) {
                cannotBeClaimed.put(file, "cannot be claimed: " + inTheWay);
                events.fileChanged(
                        root.path().relativize(file), new FileState.Waiting("cannot be claimed: " + inTheWay));
            }
        }
        return did;
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
        if (watch != null) {
            watch.close();
        }
    }

    static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
