package dynoai.intake.upload;

import dynoai.intake.http.RequestException;
import dynoai.schemas.record.LogAccepted;

/** Hands an accepted log on to the pipeline. */
@FunctionalInterface
public interface LogPublisher {
    /**
     * Returns once the record is durable. The same log may be published several times.
     *
     * @throws RequestException if it cannot be published at the moment
     */
    void publish(LogAccepted log) throws RequestException;

    /** @throws RequestException if it is known that nothing can be published at the moment */
    default void requireReady() throws RequestException {}
}
