package dynoai.engine;

import java.io.IOException;

/** A log that somebody wrote to while it was read. Nothing was made of it. */
public final class LogChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    LogChangedException(String message) {
        super(message);
    }
}
