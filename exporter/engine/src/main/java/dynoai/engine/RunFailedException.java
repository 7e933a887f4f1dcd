package dynoai.engine;

import dynoai.exporter.manifest.Stage;
import java.io.IOException;

/** A run that failed after its log was read. Where there was room for it, a run folder with a manifest says so too. */
public final class RunFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Stage lastStage;

    RunFailedException(Stage lastStage, String message, Throwable cause) {
        super(message, cause);
        this.lastStage = lastStage;
    }

    /** The last stage that was completed. */
    public Stage lastStage() {
        return lastStage;
    }
}
