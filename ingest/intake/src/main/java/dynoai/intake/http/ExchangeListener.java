package dynoai.intake.http;

import java.util.Optional;

/** Takes note of every request. */
public interface ExchangeListener {
    /**
     * A reply is about to be sent.
     *
     * @param code why the request failed; empty if it did not
     */
    void replied(Exchange exchange, int status, Optional<ErrorCode> code);

    /** A request failed for a reason that is not the client's. */
    void failed(Exchange exchange, Throwable cause);
}
