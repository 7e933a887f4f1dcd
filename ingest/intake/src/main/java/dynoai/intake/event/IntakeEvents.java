package dynoai.intake.event;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.stage.StageEvents;
import java.time.Instant;
import java.util.Optional;

/** Everything that an intake reports. */
public interface IntakeEvents extends StageEvents {
    /** What is measured of an intake at any time. */
    interface Gauges {
        int connections();

        /** The end of the certificate's validity; empty with plain HTTP. */
        Optional<Instant> certificateNotAfter();
    }

    /** How much a shop has sent to this intake today, and how much it may. */
    interface Quota {
        long bytesToday();

        long bytesPerDay();
    }

    /** The intake takes requests. */
    default void opened(Gauges gauges) {}

    /** A shop sends its first request to this intake. */
    default void counted(String shop, Quota quota) {}

    /** Bytes of a log arrived. */
    default void received(String shop, long bytes) {}

    /** A log is whole, in the store and on its topic. */
    default void accepted(LogAccepted log) {}

    /**
     * A request is about to be replied to.
     *
     * @param code why it failed; empty if it did not
     */
    default void replied(Exchange exchange, int status, Optional<ErrorCode> code) {}

    /** A request failed because of a bug. The intake goes on. */
    default void requestFailed(String request, Throwable bug) {}

    /** Returns events that are reported to this listener and to another one. */
    default IntakeEvents and(IntakeEvents other) {
        IntakeEvents first = this;
        return new IntakeEvents() {
            @Override
            public void opened(Gauges gauges) {
                first.opened(gauges);
                other.opened(gauges);
            }

            @Override
            public void counted(String shop, Quota quota) {
                first.counted(shop, quota);
                other.counted(shop, quota);
            }

            @Override
            public void received(String shop, long bytes) {
                first.received(shop, bytes);
                other.received(shop, bytes);
            }

            @Override
            public void accepted(LogAccepted log) {
                first.accepted(log);
                other.accepted(log);
            }

            @Override
            public void replied(Exchange exchange, int status, Optional<ErrorCode> code) {
                first.replied(exchange, status, code);
                other.replied(exchange, status, code);
            }

            @Override
            public void requestFailed(String request, Throwable bug) {
                first.requestFailed(request, bug);
                other.requestFailed(request, bug);
            }

            @Override
            public void transientFailure(String where, Exception cause) {
                first.transientFailure(where, cause);
                other.transientFailure(where, cause);
            }

            @Override
            public void warning(String where, String message) {
                first.warning(where, message);
                other.warning(where, message);
            }

            @Override
            public void failed(String stage, Throwable bug) {
                first.failed(stage, bug);
                other.failed(stage, bug);
            }
        };
    }
}
