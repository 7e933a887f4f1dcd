package dynoai.agent.http;

import java.io.IOException;

/** Thrown when an intake answers a request with an error that concerns this request alone. */
public final class RequestRejectedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String hint;

    /** @param code of the error, or empty */
    RequestRejectedException(String code, String message, String hint) {
        super(message);
        this.code = code;
        this.hint = hint;
    }

    public String code() {
        return code;
    }

    public String hint() {
        return hint;
    }
}
