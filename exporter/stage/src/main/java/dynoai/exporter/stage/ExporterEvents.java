package dynoai.exporter.stage;

import dynoai.schemas.record.RunResult;

/** Everything the exporter can report. The shell decides what comes of it. */
public interface ExporterEvents {

    /** Reports to nobody. */
    ExporterEvents NONE = new ExporterEvents() {};

    /**
     * A run's folder was made.
     *
     * @param kernelNanos for the kernels and the diagnostics
     * @param exportNanos for the files, until the folder had its name
     */
    default void folderWritten(String runId, long kernelNanos, long exportNanos) {}

    /** The transaction with the results of a batch took so long; {@link #runPublished} follows for each. */
    default void transactionCommitted(int results, long nanos) {}

    /** A run's result was published: its folder is there, or why it failed. */
    default void runPublished(RunResult result) {}

    /** A run's folder was there already, whole, and its result is published again. */
    default void runFoundAgain(String runId) {}

    /** A record belongs to no run and was passed over. */
    default void recordPassedOver(int partition, long offset, String why) {}

    /** Nothing is exported for now, or again when {@code why} is empty. */
    default void paused(String why) {}

    /** Something failed; it is tried again. */
    default void troubled(String where, Exception cause) {}
}
