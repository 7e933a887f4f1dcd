package dynoai.engine;

import java.nio.file.Path;

/** How one log of a batch ended. */
public sealed interface LogOutcome {
    Path log();

    /** Analysed; the run folder is there. */
    record Analyzed(Path log, RunReport report) implements LogOutcome {}

    /** Refused or failed; the cause says which. */
    record Failed(Path log, Exception cause) implements LogOutcome {}
}
