package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A claimed run in the table: its state, when it is due next, and what was reported of it. */
final class TrackedRun {
    private static final long MIN_RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MAX_RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** How long to wait for the result of a sent run before looking for the run in Kafka. */
    private static final long RESULT_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Faults of DynoAI before the log is rejected. */
    private static final int MAX_FAULTS = 3;

    /** Resends of a run that failed because records were lost. */
    private static final int MAX_RESENDS = 2;

    private final IngestEvents events;
    private final LongSupplier nanoClock;
    private RunState state;
    private long dueNanos;
    private int resends;
    private long retryNanos = MIN_RETRY_NANOS;
    private int faults;
    private RunTransport.@Nullable Result suspected;
    private @Nullable FileState reported;

    TrackedRun(Claim claim, IngestEvents events, LongSupplier nanoClock) {
        this.events = events;
        this.nanoClock = nanoClock;
        this.state = new RunState.Claimed(claim, null);
        dueIn(0);
        report(state.fileState());
    }

    Claim claim() {
        return state.claim();
    }

    RunState state() {
        return state;
    }

    boolean isDue() {
        return nanoClock.getAsLong() - dueNanos >= 0;
    }

    /** Moves to another state and reports it; the end of a run is reported once it is archived. */
    void transitionTo(RunState next) {
        state = next;
        if (!(next instanceof RunState.Ended)) {
            report(next.fileState());
        } else {
            retryNanos = MIN_RETRY_NANOS;
        }
    }

    void sent(RunState.Sent sent) {
        transitionTo(sent);
        retryNanos = MIN_RETRY_NANOS;
        faults = 0;
        dueIn(RESULT_WAIT_NANOS);
    }

    /** The run keeps its due time: after a reconnect its result may still be unread. */
    private void lost(RunState.Sent sent) {
        events.runResent(claim());
        transitionTo(sent.lost());
    }

    /** Keeps a failure that another program may have made. It counts only if the run is not in flight. */
    void suspect(RunTransport.Result failure) {
        suspected = failure;
        dueIn(MIN_RETRY_NANOS);
    }

    /** The run is not in flight and has no result of its own. */
    void notFound(RunState.Sent sent) {
        RunTransport.Result failure = suspected;
        suspected = null;
        if (failure == null) {
            lost(sent);
        } else {
            end(sent, failure);
        }
    }

    /** Applies a result: the run ends, or is resent if that may help. */
    void end(RunState.Open open, RunTransport.Result result) {
        if ((result.isRetryable() || !result.signed()) && resends < MAX_RESENDS) {
            resends++;
            if (open instanceof RunState.Sent sent) {
                lost(sent);
            }
        } else {
            transitionTo(open.ended(result));
        }
        dueIn(0);
    }

    void settleAgain(RunState.Prepared prepared, PreparedLog.StillChangingException cause, Duration settle) {
        transitionTo(prepared.settleAgain(cause.seen()));
        dueIn(settle.toNanos());
        reportWaiting(String.valueOf(cause.getMessage()));
    }

    /** Makes the run due again later. The delay doubles, so that a lasting failure fills no log file. */
    void retryLater(Exception cause) {
        dueIn(retryNanos);
        retryNanos = Math.min(2 * retryNanos, MAX_RETRY_NANOS);
        reportWaiting(cause.toString());
        events.transientFailure(claim().original(), cause);
    }

    /** Retries after a bug that this run meets, and rejects its log when that does not help. */
    void faulted(RuntimeException bug) {
        faults++;
        if (faults >= MAX_FAULTS && state instanceof RunState.Open open) {
            transitionTo(open.ended(Optional.of(Rejection.of(
                    FailureCode.INGEST_FAILED,
                    claim().name() + ": " + bug,
                    "report it with the log of the node; dynoai requeue tries again"))));
            dueIn(0);
        } else {
            retryLater(bug);
        }
    }

    void report(FileState fileState) {
        if (!fileState.equals(reported)) {
            reported = fileState;
            IngestEvents.report(events, Path.of(claim().original()), fileState);
        }
    }

    /** The state in which the run waits is not reported again. */
    private void reportWaiting(String why) {
        IngestEvents.report(events, Path.of(claim().original()), new FileState.Waiting(why));
    }

    private void dueIn(long nanos) {
        dueNanos = nanoClock.getAsLong() + nanos;
    }
}
