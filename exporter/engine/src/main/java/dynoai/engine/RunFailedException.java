package dynoai.engine;

import dynoai.exporter.manifest.Stage;
import java.io.IOException;

/** A run failed after its log was read. Unless an earlier run is at the target, a run folder documents it. */
public final class RunFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Stage lastStage;

    RunFailedException(Stage lastStage, String message, Throwable cause) {
        super(message, cause);
        this.lastStage = lastStage;
    }

    /** Returns the last completed stage. */
    public Stage lastStage() {
        return lastStage;
    }
}
