package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Carries runs from the drop folder to the analyzer. Used by one thread, except for {@link #prepare}. */
public interface RunTransport {

    /** Whether runs can be sent at the moment. While they cannot, logs are still claimed and checked. */
    default boolean isAvailable() {
        return true;
    }

    /** Returns the run that already has this identity, if any. */
    Optional<String> runOf(RunIdentity identity) throws TransportUnavailableException;

    /**
     * Decodes and checks a log before any of it is sent. Needs no connection, and the result outlives every connection.
     *
     * @param claim with the attempt under which the run will be sent
     * @param bytes a copy of the log that does not change
     * @throws LogRejectedException when the log cannot be analysed
     */
    Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException;

    /** Publishes the rejection of a log that was never sent. Repeating it does no harm. */
    void reject(Claim claim, Rejection rejection) throws TransportUnavailableException;

    /** Abandons a run that was sent, at least in part: its state is dropped and its identity becomes free again. */
    void abandon(Claim claim, Rejection rejection) throws TransportUnavailableException;

    /**
     * Whether a run sent earlier can still have a result without being resent.
     *
     * @param receipt what sending it returned, or empty when that was lost
     */
    boolean isInFlight(Claim claim, String receipt) throws TransportUnavailableException;

    /** Returns the results that arrived since the last call, without waiting. */
    List<Result> results() throws TransportUnavailableException;

    /** A decoded log, ready to be sent as one attempt. */
    @FunctionalInterface
    interface Prepared {

        /**
         * Sends the run. It is committed as a whole when this returns.
         *
         * @return a receipt that finds the run again
         */
        String send() throws TransportUnavailableException, IOException;
    }

    /**
     * How a run ended.
     *
     * @param attempt the attempt that ended, or 0 for every attempt
     * @param sha256 of the analysed log; may be empty when the run failed
     * @param failure why the run failed, or empty when its run folder is complete
     * @param signed whether an exporter of this pipeline made it, knowing the start of the run
     * @param duplicateOf the earlier run of the same bytes and options, if the run failed as its duplicate
     */
    record Result(
            RunKey run,
            int attempt,
            String sha256,
            Optional<Rejection> failure,
            boolean signed,
            Optional<String> duplicateOf) {
        public Result(RunKey run, int attempt, String sha256, Optional<Rejection> failure, boolean signed) {
            this(run, attempt, sha256, failure, signed, Optional.empty());
        }

        /**
         * Whether this is a result of the claim's run. A success must name the log's hash and an attempt that was sent, so
         * that a forged result cannot archive a log without a run folder.
         */
        boolean isOf(Claim claim) {
            if (failure.isPresent()) {
                return attempt == 0 || attempt == claim.attempt();
            }
            return claim.attempt() > 0 && attempt <= claim.attempt() && sha256.equals(claim.sha256());
        }

        /** Whether the run failed because records were lost, so that resending it may help. */
        boolean isRetryable() {
            return failure.isPresent() && failure.get().code().isRetryable();
        }
    }
}
