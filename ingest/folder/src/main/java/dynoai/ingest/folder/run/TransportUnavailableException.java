package dynoai.ingest.folder.run;

import org.jspecify.annotations.Nullable;

/** Thrown when the transport cannot be used at the moment. Nothing is lost: the caller retries on a new connection. */
public final class TransportUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public TransportUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
