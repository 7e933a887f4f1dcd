package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.file.FileStamp;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The state of a claimed run. Every legal move is a method of the state it starts from.
 *
 * <pre>
 *                ┌─────────┐  prepare   ┌──────────┐  sent   ┌──────┐
 *   claimed ───▶ │ Claimed │ ─────────▶ │ Prepared │ ──────▶ │ Sent │
 *                └─────────┘ ◀───────── └──────────┘         └──────┘
 *                  ▲  │  │     retry          │               │   │
 *                  │  │  └── sent (found in Kafka at a restart) │  │
 *                  │  │ ended                 │ ended         │   │
 *                  │  └─────────▶ ┌───────┐ ◀─┘      ended    │   │
 *                  │              │ Ended │ ◀─────────────────┘   │
 *                  │              └───────┘                       │
 *                  └───────────────────── lost ───────────────────┘
 * </pre>
 */
sealed interface RunState {
    Claim claim();

    /** The state of the log, as reported to the outside once this state is reached; for {@link Ended}, once archived. */
    FileState fileState();

    /** A run without a result. */
    sealed interface Open extends RunState {
        /** Ends the run, with its run folder complete or for a reason. */
        default Ended ended(Optional<Rejection> failure) {
            return new Ended(claim(), failure);
        }

        /** Ends the run with its result. */
        default Ended ended(RunTransport.Result result) {
            return new Ended(result.duplicateOf().map(claim()::duplicateOf).orElse(claim()), result.failure());
        }

        /** The run is in Kafka as a whole, under the claim's attempt. */
        default Sent sent(Claim committed) {
            return new Sent(committed);
        }
    }

    /** An open run whose current attempt is not known to be in Kafka. */
    sealed interface Unsent extends Open {
        @Override
        default FileState fileState() {
            return new FileState.Claimed(claim().runId());
        }
    }

    /** @param lastSeen the log's stamp when it was last found changing; null when it was not */
    record Claimed(Claim claim, @Nullable FileStamp lastSeen) implements Unsent {
        Prepared prepare(Future<PreparedLog> log) {
            return new Prepared(claim, lastSeen, log);
        }
    }

    /** The log is being read, or was read, ahead of its sending. */
    record Prepared(Claim claim, @Nullable FileStamp lastSeen, Future<PreparedLog> log) implements Unsent {
        /** @param latest the claim with everything that was saved of it before the failure */
        Claimed retry(Claim latest) {
            return new Claimed(latest, lastSeen);
        }

        /** The log changed while it was read: discards what was read. */
        Claimed settleAgain(FileStamp seen) {
            return new Claimed(claim.attempt() > 0 ? claim : claim.unread(), seen);
        }

        Ended rejected(Claim read, Rejection rejection) {
            return new Ended(read, Optional.of(rejection));
        }
    }

    record Sent(Claim claim) implements Open {
        /** Kafka lost the run. */
        Claimed lost() {
            return new Claimed(claim, null);
        }

        @Override
        public FileState fileState() {
            return new FileState.Sent(claim.runId(), claim.attempt());
        }
    }

    /** @param failure why the log is rejected; empty when it is done */
    record Ended(Claim claim, Optional<Rejection> failure) implements RunState {
        public Ended {
            failure = failure.map(Rejection::bounded);
        }

        @Override
        public FileState fileState() {
            if (failure.isEmpty()) {
                return new FileState.Done(claim.runId());
            }
            FailureCode code = failure.get().code();
            return code == FailureCode.DUPLICATE
                    ? new FileState.Duplicate(claim.runId(), claim.duplicateOf())
                    : new FileState.Rejected(claim.runId(), code.name());
        }
    }
}
