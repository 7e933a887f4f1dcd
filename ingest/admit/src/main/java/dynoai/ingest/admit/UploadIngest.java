package dynoai.ingest.admit;

import dynoai.ingest.admit.AcceptedLogs.Accepted;
import dynoai.ingest.admit.AcceptedLogs.Changes;
import dynoai.ingest.admit.AcceptedLogs.Position;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.LogDrafts;
import dynoai.ingest.folder.run.Admission;
import dynoai.ingest.folder.run.FairReadyQueue;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.IngestWork;
import dynoai.ingest.folder.run.RunStateMachine;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.upload.InvalidUploadException;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Sends accepted logs as runs, in the turns of their shops, and writes how each ends. */
final class UploadIngest implements IngestWork {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long logs are looked up before results and sending have their turn. */
    private static final long MAX_LOOKUP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final AcceptedLogs accepted;
    private final Uploads uploads;
    private final UploadClaims claims;
    private final IngestEvents events;
    private final Admission admission;
    private final RecentResults transport;
    private final RunStateMachine runs;

    /** The logs that have not ended, with all their records: a log may be accepted twice. */
    private final Map<RunKey, Pending> pending = new HashMap<>();

    /** The logs that were not looked up yet. */
    private final Deque<Accepted> arrived = new ArrayDeque<>();

    private final LongSupplier nanoClock;
    private FairReadyQueue<Claim> ready;
    private long nextLookup;
    private boolean caughtUp;
    private boolean recovered;
    private volatile String problem = "";

    /** @param partition of all records, since they have the same key */
    private record Pending(Claim claim, int partition, List<Position> positions) {}

    /** @param id marks the drafts of this lane of this process */
    UploadIngest(
            AcceptedLogs accepted,
            ContentStore store,
            UUID id,
            long largestLog,
            Admission admission,
            RunTransport transport,
            IngestEvents events,
            LongSupplier nanoClock)
            throws IOException {
        this.accepted = accepted;
        this.uploads = new Uploads(store.objects());
        this.claims = new UploadClaims(store, uploads);
        this.events = events;
        this.nanoClock = nanoClock;
        this.nextLookup = nanoClock.getAsLong();
        this.admission = admission;
        this.transport = new RecentResults(transport);
        this.ready = new FairReadyQueue<>(admission.turns());
        this.runs = new RunStateMachine(
                new RunStateMachine.Limits(largestLog, Duration.ZERO),
                new LogDrafts(store, id.toString()),
                claims,
                new UploadArchive(uploads, InstantSource.system(), this::ended),
                this.transport,
                admission,
                events,
                nanoClock);
    }

    /** Runs are located once all logs of before are known: the first look at the results decides from where they are read. */
    @Override
    public void recover() {
        recovered = false;
    }

    @Override
    public boolean runOnce() throws IOException, TransportUnavailableException {
        receive(Duration.ZERO);
        boolean worked = takeArrived();
        caughtUp |= accepted.isCaughtUp() && arrived.isEmpty();
        if (!caughtUp) {
            // Results are read from where the oldest run in flight was sent. Later, recent ones are repeated.
            return worked;
        }
        if (!recovered) {
            runs.recover();
            recovered = true;
        }
        worked |= runs.archiveEnded();
        worked |= claimNext();
        worked |= runs.advance();
        return worked;
    }

    private void receive(Duration wait) throws TransportUnavailableException {
        Changes changes = accepted.poll(wait);
        if (!changes.lost().isEmpty()) {
            forget(changes.lost());
        }
        arrived.addAll(changes.added());
    }

    /** Looks up the logs that arrived. While the store cannot be used they wait. */
    private boolean takeArrived() throws TransportUnavailableException {
        if (arrived.isEmpty() || nanoClock.getAsLong() - nextLookup < 0) {
            return false;
        }
        long until = nanoClock.getAsLong() + MAX_LOOKUP_NANOS;
        try {
            while (!arrived.isEmpty() && nanoClock.getAsLong() - until < 0) {
                take(arrived.element());
            }
            problem = "";
        } catch (InvalidUploadException e) {
            // Its record stays open, so it is looked up again after a restart.
            arrived.remove();
            events.warning("the store", e.getMessage() + "; the log waits for an operator");
        } catch (IOException e) {
            nextLookup = nanoClock.getAsLong() + RETRY_NANOS;
            if (problem.isEmpty()) {
                events.transientFailure("the store", e);
            }
            problem = "accepted logs cannot be looked up: " + e.getMessage();
        }
        return true;
    }

    private void take(Accepted log) throws IOException, TransportUnavailableException {
        RunKey run = log.log().run();
        Pending known = pending.get(run);
        if (known != null) {
            arrived.remove();
            known.positions().add(log.position());
            return;
        }
        if (uploads.end(run).isPresent()) {
            arrived.remove();
            accepted.ended(log.position());
            return;
        }
        Claim claim = claims.claim(log.log());
        arrived.remove();
        pending.put(run, new Pending(claim, log.position().partition(), new ArrayList<>(List.of(log.position()))));
        if (claim.attempt() > 0) {
            transport.repeat(run);
            runs.resume(claim);
        } else {
            enqueue(claim);
        }
    }

    /** Forgets the logs of partitions that another process has now. */
    private void forget(Set<Integer> partitions) {
        arrived.removeIf(log -> partitions.contains(log.position().partition()));
        pending.values().removeIf(log -> partitions.contains(log.partition()));
        runs.forget(claim -> !pending.containsKey(claim.key()));
        ready = new FairReadyQueue<>(admission.turns());
        for (Pending log : pending.values()) {
            if (!runs.contains(log.claim().key())) {
                enqueue(log.claim());
            }
        }
    }

    private void enqueue(Claim claim) {
        ready.add(claim.shop(), claim.size(), claim);
    }

    private boolean claimNext() {
        Claim next = runs.hasRoom() ? ready.next() : null;
        boolean claimed = next != null;
        while (next != null) {
            runs.add(next);
            next = runs.hasRoom() ? ready.next() : null;
        }
        return claimed;
    }

    private void ended(RunKey run) {
        Pending log = pending.remove(run);
        if (log != null) {
            log.positions().forEach(accepted::ended);
        }
    }

    @Override
    public void awaitWork(long maxNanos) throws InterruptedException {
        LockSupport.parkNanos(maxNanos);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public boolean isIdle() {
        return accepted.isCaughtUp() && arrived.isEmpty() && pending.isEmpty();
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public int inFlight() {
        return runs.inFlight();
    }

    @Override
    public void close() throws IOException {
        runs.close();
    }
}
