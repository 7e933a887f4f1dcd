package dynoai.engine;

import java.nio.file.Path;

/** The result of one log of a batch. */
public sealed interface LogResult {
    Path log();

    /** The log was analysed and the run folder published. */
    record Analyzed(Path log, PublishedRun report) implements LogResult {}

    /** The log was rejected or the run failed. */
    record Failed(Path log, Exception cause) implements LogResult {}
}
