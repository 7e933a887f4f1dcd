package dynoai.exporter.stage;

import dynoai.schemas.record.RunResult;
import dynoai.schemas.stage.StageEvents;

/** The events that the exporter reports, for logs, meters, the dashboard and tests. */
public interface ExporterEvents extends StageEvents {

    ExporterEvents NONE = new ExporterEvents() {};

    /**
     * A run folder was published.
     *
     * @param kernelNanos time for kernels and diagnostics
     * @param exportNanos time for writing the files and publishing the folder
     */
    default void folderWritten(String runId, long kernelNanos, long exportNanos) {}

    /** A transaction with this number of results was committed; {@link #runPublished} follows for each. */
    default void transactionCommitted(int results, long nanos) {}

    /** A run's result, a success or a failure, was published. */
    default void runPublished(RunResult result) {}

    /** An earlier attempt had published the run folder; only the result is published again. */
    default void runFolderReused(String runId) {}

    /** A record that belongs to no run was skipped. */
    default void recordSkipped(int partition, long offset, String why) {}

    /** Exporting is paused, or resumed when {@code why} is empty. */
    default void paused(String why) {}
}
