package dynoai.schemas.stage;

import java.io.IOException;
import java.util.Optional;

/** A running stage: ingest, analyzer or exporter. */
public interface Stage extends AutoCloseable {
    /** The stage's name in messages, health checks and thread names. */
    String name();

    /** Why the stage is not ready; empty while it is. */
    String notReadyReason();

    /** Whether the stage processes its input. */
    default boolean isReady() {
        return notReadyReason().isEmpty();
    }

    /** Whether the stage is ready and has processed all of its input. */
    boolean isIdle();

    /** Why the stage stopped without {@link #close}; empty while it runs. */
    Optional<String> failure();

    /** Stops within a few seconds. Uncommitted work is repeated at the next start. */
    @Override
    void close() throws IOException;
}
