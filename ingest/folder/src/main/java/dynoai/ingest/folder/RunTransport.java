package dynoai.ingest.folder;

import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the folder needs from whatever carries runs to the analyzer. Called from one thread, but for {@link #prepare}. */
public interface RunTransport {

    /** The run that already has this identity, if any. */
    Optional<String> runOf(RunIdentity identity) throws CarrierDown;

    /**
     * Decodes and checks a log before anything of it is sent.
     *
     * @param bytes an unchanging copy of the log
     * @throws LogRejectedException when the log is no log we can analyse
     */
    Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException;

    /** Records a refused log; it has no run. Sending the same refusal twice does no harm. */
    void refuse(Claim claim, Rejection rejection) throws CarrierDown;

    /** Gives a run up that was sent, maybe not as a whole: nothing is held of it, and its identity may be run again. */
    void abandon(Claim claim, Rejection why) throws CarrierDown;

    /**
     * Whether a run sent earlier can still come to a result without being sent again.
     *
     * @param receipt what sending it returned; empty when that is not known any more
     */
    boolean isUnderway(Claim claim, String receipt) throws CarrierDown;

    /** The results that came since the last call, without waiting. */
    List<RunOutcome> outcomes() throws CarrierDown;

    /** A decoded log, ready to be sent. */
    interface Prepared extends AutoCloseable {

        /**
         * Sends the run under the claim's attempt; when this returns it is committed as a whole.
         *
         * @return a receipt by which the run can be found again
         */
        String send(Claim claim) throws CarrierDown, IOException;

        @Override
        default void close() {}
    }

    /**
     * How a run ended.
     *
     * @param attempt which sending of the run ended so; 0 when it holds for all of them
     * @param sha256 of the log that it is the result of; may be empty when it failed
     * @param failure why it failed; empty when its run folder is complete
     */
    record RunOutcome(String runId, int attempt, String sha256, Optional<Rejection> failure) {

        /**
         * Whether the claim's run ended so. Anybody who may write to the topic can claim a success, and the log would be put
         * away without a run; so that must be of the log and of an attempt that was sent.
         */
        boolean isOf(Claim claim) {
            if (failure.isPresent()) {
                return attempt == 0 || attempt == claim.attempt();
            }
            return claim.attempt() > 0 && attempt <= claim.attempt() && sha256.equals(claim.sha256());
        }

        /** Whether it failed for what Kafka lost, so that sending the log again may help. */
        boolean isRetryable() {
            return failure.filter(why -> why.code().isRetryable()).isPresent();
        }

        static RunOutcome done(Claim claim) {
            return new RunOutcome(claim.runId(), 0, claim.sha256(), Optional.empty());
        }
    }

    /** Nothing can be sent or asked at the moment. Nothing is lost: the same is tried again. */
    final class CarrierDown extends Exception {
        private static final long serialVersionUID = 1L;

        public CarrierDown(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
