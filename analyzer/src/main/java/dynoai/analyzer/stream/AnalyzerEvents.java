package dynoai.analyzer.stream;

import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;

/** Everything the analyzer reports. Methods are called from several threads. */
public interface AnalyzerEvents {
    /**
     * A block was folded.
     *
     * @param windows windows of the run's timeline so far, including the open one
     * @param nanos the time it took
     */
    record FoldedBlock(RunKey run, int partition, int rows, int windows, long nanos) {}

    /** An attempt at a run began. */
    default void runStarted(RunKey run, int attempt, int partition) {}

    /** A block was folded; its state is written before the transaction commits. */
    default void blockFolded(FoldedBlock block) {}

    /** The ingest abandoned an attempt. */
    default void runAbandoned(RunKey run) {}

    /** A partition was revoked from its thread, or the stage stops. */
    default void partitionClosed(int partition) {}

    /** A record was left out: a duplicate delivery, or of an attempt that ended. */
    default void recordRepeated(RunKey run) {}

    /** A run's grids were forwarded to the exporter. */
    default void runCompleted(RunKey run, int attempt, long rows) {}

    /** A run failed; the partition continues. */
    default void runFailed(RunKey run, int attempt, FailureCode code, String message) {}

    /** The readiness changed; empty when ready. */
    default void readinessChanged(String whyNot) {}
}
