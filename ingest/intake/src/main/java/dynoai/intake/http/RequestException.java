package dynoai.intake.http;

import java.util.OptionalInt;

/** Thrown when a request cannot be served as it is. The message and the hint are for the client. */
public final class RequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String hint;
    private final int retryAfterSeconds;

    public RequestException(ErrorCode code, String message) {
        this(code, message, "");
    }

    public RequestException(ErrorCode code, String message, String hint) {
        this(code, message, hint, 0);
    }

    private RequestException(ErrorCode code, String message, String hint, int retryAfterSeconds) {
        super(message);
        this.code = code;
        this.hint = hint;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Returns an exception for a request that may succeed later. */
    public static RequestException later(ErrorCode code, String message, int retryAfterSeconds) {
        return new RequestException(code, message, "send the request again later", Math.max(1, retryAfterSeconds));
    }

    /** Returns the exception for an id that does not exist, or that the caller may not see. */
    public static RequestException notFound() {
        return new RequestException(ErrorCode.NOT_FOUND, "not found");
    }

    public ErrorCode code() {
        return code;
    }

    public String hint() {
        return hint;
    }

    /** After how many seconds the client may try again; empty if trying again does not help. */
    OptionalInt retryAfterSeconds() {
        return retryAfterSeconds == 0 ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
    }
}
