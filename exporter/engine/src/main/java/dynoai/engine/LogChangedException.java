package dynoai.engine;

import java.io.IOException;

/** A log changed while it was read. No run was written. */
public final class LogChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    LogChangedException(String message) {
        super(message);
    }
}
