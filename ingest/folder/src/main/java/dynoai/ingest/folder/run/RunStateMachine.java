package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.ArchiveFolders;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.claim.ForeignClaimException;
import dynoai.ingest.folder.claim.LogDrafts;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.file.FileStamp;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

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

    private final Claims claims;
    private final LogPreparer preparer;
    private final RunSender sender;
    private final RunArchiver archiver;
    private final RunTransport transport;
    private final Admission admission;
    private final IngestEvents events;
    private final LongSupplier nanoClock;
    private final Map<String, TrackedRun> runs = new LinkedHashMap<>();

    /** Claims that are not ours, with the stamp of what was looked at, so that each is examined and reported once. */
    private final Map<String, List<FileStamp>> foreign = new HashMap<>();

    private String nextExamined = "";

    /** Claims that cannot be loaded at the moment, with the failure, so that only another one is reported again. */
    private final Map<String, String> unloaded = new HashMap<>();

    public RunStateMachine(
            DropRoot root,
            Limits limits,
            LogDrafts drafts,
            Claims claims,
            RunTransport transport,
            Admission admission,
            IngestEvents events,
            LongSupplier nanoClock) {
        this.claims = claims;
        ExecutorService reader = Executors.newSingleThreadExecutor(task -> new Thread(task, "dynoai-ingest-reader"));
        this.preparer = new LogPreparer(drafts, claims, transport, events, nanoClock, limits.largestLog(), reader);
        this.sender = new RunSender(claims, transport, admission, events, nanoClock, limits.settle());
        this.archiver = new RunArchiver(new ArchiveFolders(root), claims, transport, events);
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
                .filter(TrackedRun::isDue)
                .count();
        return sent < MAX_IN_FLIGHT && runs.size() < MAX_IN_FLIGHT + MAX_READ_AHEAD + 1 && due < MAX_READ_AHEAD + 1;
    }

    public void add(Claim claim) {
        track(claim);
        events.fileStarted(claim);
    }

    private TrackedRun track(Claim claim) {
        TrackedRun run = new TrackedRun(claim, events, nanoClock);
        runs.put(claim.runId(), run);
        admission.begin(claim);
        return run;
    }

    /** Loads every claim in the work folder and locates the runs that were sent. */
    public void recover() throws IOException, TransportUnavailableException {
        loadNewClaims(Integer.MAX_VALUE);
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

    /**
     * Loads claims made by another process: one that died, or a replay.
     *
     * @param max claims examined; the next call continues behind the last one
     */
    public void loadNewClaims(int max) throws IOException, TransportUnavailableException {
        SortedSet<String> inWork = claims.inWork();
        foreign.keySet().retainAll(inWork);
        unloaded.keySet().retainAll(inWork);
        List<String> others = new ArrayList<>(inWork.tailSet(nextExamined));
        others.addAll(inWork.headSet(nextExamined));
        others.removeIf(runs::containsKey);
        nextExamined = others.size() > max ? others.get(max) : "";
        for (String runId : others.subList(0, Math.min(max, others.size()))) {
            if (!claims.stamp(runId).equals(foreign.get(runId))) {
                try {
                    Optional<Claim> claim = claims.load(runId, this::isInLedger);
                    foreign.remove(runId);
                    unloaded.remove(runId);
                    if (claim.isPresent()) {
                        load(claim.get());
                    }
                } catch (ForeignClaimException e) {
                    foreign.put(runId, claims.stamp(runId));
                    IngestEvents.report(events, Path.of(DropRoot.WORK, runId), new FileState.LeftAlone(e.why()));
                } catch (IOException | RuntimeException e) {
                    if (!e.toString().equals(unloaded.put(runId, e.toString()))) {
                        events.transientFailure(DropRoot.WORK + "/" + runId, e);
                    }
                }
            }
        }
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

    private boolean isInLedger(Claim claim) throws TransportUnavailableException {
        return transport
                .runOf(RunIdentity.of(claim))
                .filter(claim.runId()::equals)
                .isPresent();
    }

    private void load(Claim claim) throws IOException {
        Optional<RunState.Ended> ended = archiver.begun(claim);
        events.claimRecovered(claim);
        TrackedRun run = track(claim);
        ended.ifPresent(run::transitionTo);
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
            TrackedRun run = runs.get(result.runId());
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
            if (run.isDue()) {
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

    private void prepareAhead() {
        int ahead = 0;
        for (TrackedRun run : runs.values()) {
            if (run.state() instanceof RunState.Unsent unsent && run.isDue() && ahead++ <= MAX_READ_AHEAD) {
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
        runs.remove(run.claim().runId());
        admission.end(run.claim().runId());
        run.report(last);
    }

    @Override
    public void close() {
        runs.keySet().forEach(admission::end);
        preparer.close();
    }
}
