package dynoai.intake.http;

import dynoai.schemas.access.Caller;

/** Decides who sends a request, and whether it may be served now. */
@FunctionalInterface
public interface Gate {
    /** @throws RequestException if no credential is valid, or the caller sends too many requests */
    Caller admit(Exchange exchange) throws RequestException;
}
