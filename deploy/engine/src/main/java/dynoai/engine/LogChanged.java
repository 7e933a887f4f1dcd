package dynoai.engine;

import java.io.IOException;

/** A log that somebody wrote to while it was read. Nothing was made of it. */
public final class LogChanged extends IOException {
    private static final long serialVersionUID = 1L;

    LogChanged(String message) {
        super(message);
    }
}
