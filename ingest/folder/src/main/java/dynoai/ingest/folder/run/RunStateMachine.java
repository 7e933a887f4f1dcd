package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Archive;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimStorage;
import dynoai.ingest.folder.claim.LogDrafts;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The table of claimed runs, and the scheduler that advances those that are due. */
public final class RunStateMachine implements AutoCloseable {
    private static final int MAX_READ_AHEAD = 2;

    /** Runs of all shops in flight. */
    private static final int MAX_IN_FLIGHT = 256;

    /**
     * @param largestLog largest accepted log in bytes
     * @param settle how long a log that changed while it was read must be unchanged
     */
    public record Limits(long largestLog, Duration settle) {}

    private final ClaimStorage claims;
    private final LogPreparer preparer;
    private final RunSender sender;
    private final RunArchiver archiver;
    private final RunTransport transport;
    private final Admission admission;
    private final IngestEvents events;
    private final LongSupplier nanoClock;
    private final Map<RunKey, TrackedRun> runs = new LinkedHashMap<>();

    public RunStateMachine(
            Limits limits,
            LogDrafts drafts,
            ClaimStorage claims,
            Archive archive,
            RunTransport transport,
            Admission admission,
            IngestEvents events,
            LongSupplier nanoClock) {
        this.claims = claims;
        ExecutorService reader = Executors.newSingleThreadExecutor(task -> new Thread(task, "dynoai-ingest-reader"));
        this.preparer = new LogPreparer(drafts, claims, transport, events, nanoClock, limits.largestLog(), reader);
        this.sender = new RunSender(claims, transport, admission, events, nanoClock, limits.settle());
        this.archiver = new RunArchiver(archive, claims, transport, events);
        this.transport = transport;
        this.admission = admission;
        this.events = events;
        this.nanoClock = nanoClock;
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Runs that were sent and are not archived. */
    public int inFlight() {
        return (int) runs.values().stream()
                .filter(run -> !(run.state() instanceof RunState.Unsent))
                .filter(run -> run.claim().attempt() > 0)
                .count();
    }

    /**
     * Whether another file may be claimed: a few are read ahead, the others wait in the drop folder. A run that waits for
     * its next retry is not among those few, so that it does not delay other shops.
     */
    public boolean hasRoom() {
        int sent = inFlight();
        long due = runs.values().stream()
                .filter(run ->
                        run.state() instanceof RunState.Unsent || run.claim().attempt() == 0)
                .filter(this::isDue)
                .count();
        return sent < MAX_IN_FLIGHT && runs.size() < MAX_IN_FLIGHT + MAX_READ_AHEAD + 1 && due < MAX_READ_AHEAD + 1;
    }

    public void add(Claim claim) {
        track(claim);
        events.fileStarted(claim);
    }

    private TrackedRun track(Claim claim) {
        TrackedRun run = new TrackedRun(claim, events, nanoClock);
        runs.put(claim.key(), run);
        admission.begin(claim);
        return run;
    }

    /** Locates the runs that were sent. Called after every reconnect. */
    public void recover() throws IOException, TransportUnavailableException {
        List<TrackedRun> missing = new ArrayList<>();
        for (TrackedRun run : List.copyOf(runs.values())) {
            if (run.state() instanceof RunState.Open open && run.claim().attempt() > 0) {
                try {
                    if (!isFound(run, open)) {
                        missing.add(run);
                    }
                } catch (RuntimeException e) {
                    run.faulted(e);
                }
            }
        }
        takeResults();
        missing.forEach(RunStateMachine::loseUnlessEnded);
    }

    /** Makes the folders of runs again that were removed from the work folder. */
    public void restoreLostClaims() {
        for (TrackedRun run : runs.values()) {
            try {
                archiver.restoreIfLost(run.claim());
            } catch (IOException e) {
                run.retryLater(e);
            }
        }
    }

    /** Continues a run of another process, which may have begun to archive it. */
    public void load(Claim claim) throws IOException {
        Optional<RunState.Ended> ended = archiver.begun(claim);
        events.claimRecovered(claim);
        TrackedRun run = track(claim);
        ended.ifPresent(run::transitionTo);
    }

    /** Continues a run that another process sent, or may have sent. It is located before it is sent again. */
    public void resume(Claim claim) throws IOException, TransportUnavailableException {
        load(claim);
        TrackedRun run = Objects.requireNonNull(runs.get(claim.key()), "loaded");
        if (run.state() instanceof RunState.Open open) {
            isFound(run, open);
        }
    }

    /** Forgets runs without archiving them, because another process continues them. */
    public void forget(Predicate<Claim> forgotten) {
        List<TrackedRun> lost = runs.values().stream()
                .filter(run -> forgotten.test(run.claim()))
                .toList();
        for (TrackedRun run : lost) {
            runs.remove(run.claim().key());
            admission.end(run.claim().key());
            if (run.state() instanceof RunState.Prepared prepared) {
                prepared.log().cancel(false);
            }
        }
    }

    /** Whether the table has this run. */
    public boolean contains(RunKey run) {
        return runs.containsKey(run);
    }

    /** Returns the ids of the runs in the table. */
    public Set<String> runIds() {
        return runs.keySet().stream().map(RunKey::runId).collect(Collectors.toSet());
    }

    private boolean isFound(TrackedRun run, RunState.Open open) throws TransportUnavailableException, IOException {
        boolean found = transport.isInFlight(run.claim(), claims.receipt(run.claim()));
        if (found) {
            run.sent(open.sent(run.claim()));
        }
        return found;
    }

    private static void loseUnlessEnded(TrackedRun run) {
        if (run.state() instanceof RunState.Sent sent) {
            run.notFound(sent);
        }
    }

    /** Takes new results and archives every run that has ended. */
    public boolean archiveEnded() throws TransportUnavailableException {
        takeResults();
        boolean archived = false;
        for (TrackedRun run : List.copyOf(runs.values())) {
            if (run.state() instanceof RunState.Ended ended && run.isDue()) {
                archived |= archive(run, ended);
            }
        }
        return archived;
    }

    private void takeResults() throws TransportUnavailableException {
        for (RunTransport.Result result : transport.results()) {
            TrackedRun run = runs.get(result.run());
            if (run != null && run.state() instanceof RunState.Open open) {
                try {
                    take(result, run, open);
                } catch (RuntimeException e) {
                    events.warning(run.claim().original(), "ignored a result that cannot be handled: " + e);
                }
            }
        }
    }

    private void take(RunTransport.Result result, TrackedRun run, RunState.Open open) {
        if (result.isOf(run.claim()) && result.signed()) {
            run.end(open, result);
        } else if (result.isOf(run.claim()) && result.failure().isPresent()) {
            if (open instanceof RunState.Sent) {
                events.warning(
                        run.claim().original(),
                        "a failure without the signature of an exporter of this store: "
                                + result.failure().get().code() + "; looking for the run");
                run.suspect(result);
            }
        } else if (result.failure().isEmpty()) {
            events.warning(
                    run.claim().original(),
                    "ignored a result that is not of this log, or not signed with the key of this store;"
                            + " still waiting for its own");
        }
    }

    private boolean archive(TrackedRun run, RunState.Ended ended) throws TransportUnavailableException {
        try {
            archiver.archive(ended);
        } catch (IOException | RuntimeException e) {
            run.retryLater(e);
            return false;
        }
        remove(run, ended.fileState());
        return true;
    }

    /** Advances the first run that is due: sends it, or looks for it when its result is overdue. */
    public boolean advance() throws TransportUnavailableException, IOException {
        prepareAhead();
        for (TrackedRun run : List.copyOf(runs.values())) {
            if (isDue(run)) {
                RunState before = run.state();
                boolean advanced = advance(run);
                if (advanced || before instanceof RunState.Unsent) {
                    return advanced;
                }
            }
        }
        return false;
    }

    private boolean advance(TrackedRun run) throws TransportUnavailableException, IOException {
        try {
            if (run.state() instanceof RunState.Unsent unsent) {
                return send(run, unsent);
            }
            if (run.state() instanceof RunState.Sent sent) {
                if (!isFound(run, sent)) {
                    takeResults();
                    loseUnlessEnded(run);
                }
                return !(run.state() instanceof RunState.Sent);
            }
        } catch (RuntimeException e) {
            run.faulted(e);
            return true;
        }
        return false;
    }

    /** Whether a run can be advanced now. One that was checked and could not be sent waits until it can. */
    private boolean isDue(TrackedRun run) {
        boolean checked = run.state() instanceof RunState.Unsent && run.claim().attempt() > 0;
        return run.isDue() && (!checked || transport.isAvailable());
    }

    private void prepareAhead() {
        int ahead = 0;
        for (TrackedRun run : runs.values()) {
            if (run.state() instanceof RunState.Unsent unsent && isDue(run) && ahead++ <= MAX_READ_AHEAD) {
                prepare(run, unsent);
            }
        }
    }

    private RunState.Prepared prepare(TrackedRun run, RunState.Unsent unsent) {
        if (unsent instanceof RunState.Claimed claimed) {
            run.transitionTo(claimed.prepare(preparer.submit(claimed.claim(), claimed.lastSeen())));
        }
        return (RunState.Prepared) run.state();
    }

    private boolean send(TrackedRun run, RunState.Unsent unsent) throws TransportUnavailableException {
        try {
            sender.send(run, prepare(run, unsent));
        } catch (NoSuchFileException e) {
            return forget(run);
        }
        if (run.state() instanceof RunState.Ended ended) {
            return archive(run, ended);
        }
        return run.state() instanceof RunState.Sent;
    }

    /** The log was removed from the work folder before it was read, so there is no run. */
    private boolean forget(TrackedRun run) {
        try {
            claims.undo(run.claim());
        } catch (IOException e) {
            run.retryLater(e);
            return false;
        }
        remove(run, new FileState.LeftAlone("it was taken away before it was read"));
        return true;
    }

    private void remove(TrackedRun run, FileState last) {
        runs.remove(run.claim().key());
        admission.end(run.claim().key());
        run.report(last);
    }

    @Override
    public void close() {
        runs.keySet().forEach(admission::end);
        preparer.close();
    }
}
