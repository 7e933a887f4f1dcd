package dynoai.agent;

import dynoai.agent.http.IntakeClient;
import dynoai.agent.http.IntakeRun;
import dynoai.agent.http.IntakeUnavailableException;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.stage.RetryLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Waits for the ends of runs that were sent, and brings the folders of finished ones to the shop before it reports them. One thread
 * runs it; the other methods are thread-safe.
 */
final class RunResults {
    private static final int MAX_ASKED = 256;
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(25);
    private static final long MIN_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MAX_RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** What is known of a run that was sent. */
    enum Standing {
        /** Its end is waited for. */
        AWAITED,
        /** The intake does not have it as a whole. */
        LOST,
        /** Its result was reported. */
        REPORTED
    }

    private static final class Watched {
        private final Claim claim;
        private Standing standing = Standing.AWAITED;
        private long dueNanos;
        private long retryNanos = MIN_RETRY_NANOS;

        private Watched(Claim claim, long now) {
            this.claim = claim;
            this.dueNanos = now;
        }
    }

    private final IntakeClient client;
    private final ResultFolders folders;
    private final Connection connection;
    private final AgentEvents events;
    private final LongSupplier nanoClock;
    private final Map<String, Watched> runs = new LinkedHashMap<>();
    private final LinkedBlockingQueue<RunTransport.Result> results = new LinkedBlockingQueue<>();
    private long version;

    RunResults(
            IntakeClient client,
            ResultFolders folders,
            Connection connection,
            AgentEvents events,
            LongSupplier nanoClock) {
        this.client = client;
        this.folders = folders;
        this.connection = connection;
        this.events = events;
        this.nanoClock = nanoClock;
    }

    /** Waits for the end of a run from now on. */
    void await(Claim claim) {
        synchronized (this) {
            runs.put(claim.runId(), new Watched(claim, nanoClock.getAsLong()));
            version++;
            notifyAll();
        }
        client.endWait();
    }

    /** Returns what is known of a run; empty if nothing is. */
    synchronized Optional<Standing> standing(String runId) {
        return Optional.ofNullable(runs.get(runId)).map(run -> run.standing);
    }

    /** Forgets a run whose log is archived. */
    synchronized void forget(String runId) {
        runs.remove(runId);
    }

    /** Adds a result that did not come from the intake's list. */
    void add(RunTransport.Result result) {
        results.add(result);
    }

    /** Returns the results since the last call. */
    List<RunTransport.Result> take() {
        List<RunTransport.Result> taken = new ArrayList<>();
        results.drainTo(taken);
        return taken;
    }

    /** Waits for ends until the loop is stopping. */
    void run(RetryLoop loop) throws IntakeUnavailableException, IOException, InterruptedException {
        while (!loop.isStopping()) {
            List<String> asked = new ArrayList<>();
            long asOf;
            long wait;
            synchronized (this) {
                wait = connection.isUp() ? collect(asked) : MIN_RETRY_NANOS;
                asOf = version;
                if (asked.isEmpty()) {
                    TimeUnit.NANOSECONDS.timedWait(this, Math.min(wait, MIN_RETRY_NANOS));
                }
            }
            if (!asked.isEmpty()) {
                for (IntakeRun run : client.ended(asked, Duration.ofNanos(wait), () -> isNewer(asOf))) {
                    connection.succeeded();
                    take(run);
                }
            }
        }
    }

    /** Adds the runs to ask for, and returns how long to wait before others are due. */
    private long collect(List<String> asked) {
        long now = nanoClock.getAsLong();
        long wait = MAX_WAIT_NANOS;
        for (Watched run : runs.values()) {
            if (run.standing == Standing.AWAITED) {
                if (run.dueNanos - now > 0) {
                    wait = Math.min(wait, run.dueNanos - now);
                } else if (asked.size() < MAX_ASKED) {
                    asked.add(run.claim.runId());
                }
            }
        }
        return wait;
    }

    private synchronized boolean isNewer(long asOf) {
        return version != asOf;
    }

    private void take(IntakeRun run) throws IntakeUnavailableException {
        Watched watched;
        synchronized (this) {
            watched = runs.get(run.runId());
        }
        if (watched == null) {
            return;
        }
        if (run.isIncomplete()) {
            become(watched, Standing.LOST);
        } else if (run.isDone()) {
            bringBack(run, watched);
        } else if (run.isFailed()) {
            Rejection reason = run.reason();
            report(
                    watched,
                    new RunTransport.Result(
                            watched.claim.key(),
                            0,
                            run.sha256(),
                            Optional.of(reason),
                            true,
                            Optional.of(run.duplicateOf()).filter(earlier -> !earlier.isEmpty())));
        } else {
            retryLater(watched);
        }
    }

    private void bringBack(IntakeRun run, Watched watched) throws IntakeUnavailableException {
        Claim claim = watched.claim;
        try {
            if (run.sha256().equals(claim.sha256())) {
                Path folder = folders.publish(run, claim, (file, target) -> client.download(run.runId(), file, target));
                events.runReturned(claim, folder);
            }
            report(
                    watched,
                    new RunTransport.Result(
                            claim.key(), Math.min(1, claim.attempt()), run.sha256(), Optional.empty(), true));
        } catch (IOException e) {
            events.transientFailure(claim.original(), e);
            retryLater(watched);
        }
    }

    private void report(Watched run, RunTransport.Result result) {
        become(run, Standing.REPORTED);
        results.add(result);
    }

    private synchronized void become(Watched run, Standing standing) {
        run.standing = standing;
    }

    private synchronized void retryLater(Watched run) {
        run.dueNanos = nanoClock.getAsLong() + run.retryNanos;
        run.retryNanos = Math.min(2 * run.retryNanos, MAX_RETRY_NANOS);
    }
}
