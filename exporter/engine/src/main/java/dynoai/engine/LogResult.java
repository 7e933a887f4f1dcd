package dynoai.engine;

import java.nio.file.Path;

/** How one log of a batch ended. */
public sealed interface LogResult {
    Path log();

    /** Analysed; the run folder is there. */
    record Analyzed(Path log, PublishedRun report) implements LogResult {}

    /** Refused or failed; the cause says which. */
    record Failed(Path log, Exception cause) implements LogResult {}
}
