package dynoai.ingest.folder;

import dynoai.ingest.folder.RunTransport.CarrierDown;
import dynoai.ingest.folder.RunTransport.RunOutcome;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The claimed runs, from the work folder to their end state. */
final class RunStateMachine implements AutoCloseable {
    /** Logs read ahead of the one being sent. */
    private static final int READ_AHEAD = 2;

    private static final long RETRY_NANOS = FolderIngest.seconds(2);

    /** How often a run is sent anew after a failure that is not the log's. */
    private static final int SENT_AGAIN = 2;

    /** How long a sent run may be silent before we ask where it is. */
    private static final long SILENCE_NANOS = FolderIngest.seconds(30);

    private static final class Run {
        private Claim claim;
        private @Nullable FileState state;
        private @Nullable RunOutcome outcome;
        private @Nullable Future<PreparedLog> reading;
        private PreparedLog.@Nullable Sight seenMoving;
        private int lost;
        private long notBefore;

        private Run(Claim claim, long notBefore) {
            this.claim = claim;
            this.notBefore = notBefore;
        }

        private boolean isSent() {
            return state instanceof FileState.Sent;
        }
    }

    private final FolderSettings settings;
    private final LogStore store;
    private final Claims claims;
    private final ArchiveFolders ends;
    private final RunTransport carrier;
    private final IngestEvents events;
    private final LongSupplier nanoClock;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "dynoai-ingest-reader"));

    RunStateMachine(
            DropRoot root,
            FolderSettings settings,
            LogStore store,
            Claims claims,
            RunTransport carrier,
            IngestEvents events,
            LongSupplier nanoClock) {
        this.settings = settings;
        this.store = store;
        this.claims = claims;
        this.ends = new ArchiveFolders(root);
        this.carrier = carrier;
        this.events = events;
        this.nanoClock = nanoClock;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    int inFlight() {
        return (int) runs.values().stream().filter(Run::isSent).count();
    }

    /** Whether another file may be claimed: a few are read ahead, the others wait in the drop folder. */
    boolean hasRoom() {
        int sent = inFlight();
        return sent < settings.inFlight() && runs.size() - sent < READ_AHEAD + 1;
    }

    void add(Claim claim) {
        Run run = new Run(claim, nanoClock.getAsLong());
        runs.put(claim.runId(), run);
        become(run, new FileState.Claimed(claim.runId()));
        events.fileStarted(claim);
    }

    /** Takes up all that lies in the work folder and asks again where the sent runs are. */
    void recover() throws IOException, CarrierDown {
        takeUpNewFolders();
        for (Run run : List.copyOf(runs.values())) {
            if (run.claim.attempt() > 0 && run.outcome == null) {
                locate(run);
            }
        }
    }

    /** Claims made by another process: by one that died, or by a replay. */
    void takeUpNewFolders() throws IOException {
        for (String runId : claims.inWork()) {
            if (!runs.containsKey(runId)) {
                try {
                    claims.load(runId).ifPresent(this::takeUp);
                } catch (IOException broken) {
                    events.troubled(DropRoot.WORK + "/" + runId, broken);
                }
            }
        }
    }

    private void takeUp(Claim claim) {
        Run run = new Run(claim, nanoClock.getAsLong());
        runs.put(claim.runId(), run);
        events.claimRecovered(claim);
        become(run, new FileState.Claimed(claim.runId()));
    }

    private void locate(Run run) throws CarrierDown, IOException {
        if (ends.isDone(run.claim)) {
            run.outcome = RunOutcome.done(run.claim);
        } else if (carrier.isUnderway(run.claim, claims.receipt(run.claim))) {
            become(run, new FileState.Sent(run.claim.runId(), run.claim.attempt()));
            run.notBefore = nanoClock.getAsLong() + SILENCE_NANOS;
        } else if (run.isSent()) {
            takeOutcomes();
            if (run.outcome == null && runs.containsKey(run.claim.runId())) {
                sendAgain(run);
            }
        }
    }

    /** Reads what became of sent runs and moves their logs. */
    boolean takeOutcomes() throws CarrierDown {
        for (RunOutcome outcome : carrier.outcomes()) {
            Run run = runs.get(outcome.runId());
            if (run != null && outcome.isOf(run.claim)) {
                run.outcome = outcome;
                run.notBefore = nanoClock.getAsLong();
            } else if (run != null && outcome.failure().isEmpty()) {
                events.troubled(
                        run.claim.original(),
                        new IOException("a result came that is not of this log; the run's own is waited for"));
            }
        }
        boolean did = false;
        for (Run run : new ArrayList<>(runs.values())) {
            RunOutcome outcome = run.outcome;
            if (outcome != null && isDue(run)) {
                did |= end(run, outcome);
            }
        }
        return did;
    }

    private boolean isDue(Run run) {
        return nanoClock.getAsLong() - run.notBefore >= 0;
    }

    /** Advances the first run that can be advanced. */
    boolean sendNext() throws CarrierDown, IOException {
        readAhead();
        for (Run run : List.copyOf(runs.values())) {
            if (run.outcome != null || !isDue(run)) {
                continue;
            }
            if (!run.isSent()) {
                return send(run);
            }
            locate(run);
            if (!run.isSent()) {
                return true;
            }
        }
        return false;
    }

    private void readAhead() {
        int reading = 0;
        for (Run run : runs.values()) {
            if (!run.isSent() && run.outcome == null && isDue(run)) {
                if (reading++ > READ_AHEAD) {
                    return;
                }
                if (run.reading == null) {
                    Claim claim = run.claim;
                    PreparedLog.Sight before = run.seenMoving;
                    run.reading = reader.submit(() -> read(claim, before));
                }
            }
        }
    }

    private PreparedLog read(Claim claim, PreparedLog.@Nullable Sight before) throws IOException {
        long began = nanoClock.getAsLong();
        PreparedLog reading = PreparedLog.of(claim, sourceOf(claim), before, store, carrier, settings);
        events.logRead(claim, nanoClock.getAsLong() - began);
        return reading;
    }

    /** The store's copy once there is one, for nothing changes that; else the claimed log. */
    private Path sourceOf(Claim claim) {
        Path log = claims.log(claim);
        boolean kept = !claim.sha256().isEmpty() && (store.holds(claim.sha256()) || !Files.exists(log));
        return kept ? store.path(claim.sha256()) : log;
    }

    private boolean send(Run run) throws CarrierDown {
        try (PreparedLog reading = await(run)) {
            Optional<Rejection> noted = ends.reason(run.claim);
            run.claim = reading.claimOf(run.claim);
            if (noted.isPresent()) {
                putAside(run, noted.get());
            } else if (reading.refused().isPresent()) {
                putAside(run, reading.refused().get());
            } else if (!isDuplicate(run)) {
                reading.keep();
                run.claim = run.claim.nextAttempt();
                claims.save(run.claim);
                CrashPoint.INGEST_BEFORE_TRANSACTION.reached();
                long began = nanoClock.getAsLong();
                String receipt = reading.send(run.claim);
                events.transactionCommitted(run.claim, nanoClock.getAsLong() - began);
                CrashPoint.INGEST_AFTER_COMMIT.reached();
                claims.saveReceipt(run.claim, receipt);
                become(run, new FileState.Sent(run.claim.runId(), run.claim.attempt()));
                run.notBefore = nanoClock.getAsLong() + SILENCE_NANOS;
                events.fileCommitted(run.claim);
            }
            return true;
        } catch (NoSuchFileException gone) {
            if (!claims.isGone(run.claim)) {
                wait(run, gone);
                return false;
            }
            return forget(run);
        } catch (IOException trouble) {
            wait(run, trouble);
            return false;
        }
    }

    /** Somebody took the log out of the work folder before it was read: there is nothing to run. */
    private boolean forget(Run run) {
        try {
            claims.undo(run.claim);
            become(run, new FileState.LeftAlone("it was taken away before it was read"));
            runs.remove(run.claim.runId());
            return true;
        } catch (IOException trouble) {
            wait(run, trouble);
            return false;
        }
    }

    private boolean isDuplicate(Run run) throws CarrierDown, IOException {
        Claim claim = run.claim;
        if (claim.force() || claim.attempt() > 0) {
            return false;
        }
        Optional<String> other = carrier.runOf(RunIdentity.of(claim)).filter(id -> !id.equals(claim.runId()));
        if (other.isPresent()) {
            run.claim = claim.duplicateOf(other.get());
            putAside(
                    run,
                    Rejection.of(
                            FailureCode.DUPLICATE,
                            claim.name() + ": the same bytes with the same options are run " + other.get() + " already",
                            "start with --force, or change an option, to analyse it again"));
        }
        return other.isPresent();
    }

    private PreparedLog await(Run run) throws IOException {
        Future<PreparedLog> reading = run.reading;
        run.reading = null;
        if (reading == null) {
            return read(run.claim, run.seenMoving);
        }
        try {
            return reading.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            run.reading = reading;
            throw new IOException("stopped while reading", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private boolean end(Run run, RunOutcome outcome) throws CarrierDown {
        try {
            Optional<Rejection> failure = outcome.failure();
            if (outcome.isRetryable() && run.lost < SENT_AGAIN) {
                run.lost++;
                sendAgain(run);
            } else if (failure.isPresent()) {
                putAside(run, failure.get());
            } else {
                tellIfWrittenTo(run.claim);
                ends.done(run.claim);
                become(run, new FileState.Done(run.claim.runId()));
                runs.remove(run.claim.runId());
            }
            return true;
        } catch (IOException trouble) {
            wait(run, trouble);
            return false;
        }
    }

    private void sendAgain(Run run) {
        events.fileLostInTransit(run.claim);
        run.outcome = null;
        become(run, new FileState.Claimed(run.claim.runId()));
    }

    /** Nobody can keep a program from writing on through a handle it holds; that its last rows have no run is told. */
    private void tellIfWrittenTo(Claim claim) throws IOException {
        Path log = claims.log(claim);
        if (Files.exists(log) && Files.size(log) != claim.size()) {
            events.troubled(
                    claim.original(),
                    new IOException("it was written to after it was taken; run " + claim.runId() + " is of its first "
                            + claim.size() + " bytes, drop it again to analyse all of it"));
        }
    }

    private void putAside(Run run, Rejection rejection) throws CarrierDown, IOException {
        Claim claim = run.claim;
        claims.save(claim);
        ends.writeReason(claim, rejection);
        if (claim.attempt() > 0) {
            carrier.abandon(claim, rejection);
        } else {
            carrier.refuse(claim, rejection);
        }
        claims.dropReceipt(claim);
        ends.putAside(claim, rejection);
        become(
                run,
                rejection.code() == FailureCode.DUPLICATE
                        ? new FileState.Duplicate(claim.runId(), claim.duplicateOf())
                        : new FileState.Rejected(claim.runId(), rejection.code().name()));
        runs.remove(claim.runId());
    }

    private void wait(Run run, IOException trouble) {
        boolean moving = trouble instanceof PreparedLog.StillMoving;
        if (trouble instanceof PreparedLog.StillMoving still) {
            run.seenMoving = still.seen();
            run.claim = run.claim.attempt() > 0 ? run.claim : run.claim.unread();
        }
        run.notBefore = nanoClock.getAsLong() + (moving ? settings.settle().toNanos() : RETRY_NANOS);
        events.fileChanged(Path.of(run.claim.original()), new FileState.Waiting(trouble.toString()));
        if (!moving) {
            events.troubled(run.claim.original(), trouble);
        }
    }

    private void become(Run run, FileState state) {
        if (!state.equals(run.state)) {
            run.state = state;
            events.fileChanged(Path.of(run.claim.original()), state);
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
