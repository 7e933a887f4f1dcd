package dynoai.analyzer.stream;

import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;

/** Everything the analyzer can report. How it is shown, counted or logged is decided outside. Called from several threads. */
public interface AnalyzerEvents {
    /**
     * A block was folded.
     *
     * @param windows of the run's timeline so far, the open one included
     * @param nanos it took
     */
    record FoldedBlock(RunKey run, int partition, int rows, int windows, long nanos) {}

    /** A run's first record came. */
    default void runStarted(RunKey run, int attempt, int partition) {}

    /** A block was folded; it is saved before its transaction ends. */
    default void blockFolded(FoldedBlock block) {}

    /** An attempt was called off by the ingest. */
    default void runAbandoned(RunKey run) {}

    /** Records of a partition do not come here any more: it went to another thread or instance, or this one stops. */
    default void partitionClosed(int partition) {}

    /** A record came again, or belongs to an attempt that is over; it was recognised and left out. */
    default void recordRepeated(RunKey run) {}

    /** A run's grids are on their way to the exporter. */
    default void runCompleted(RunKey run, int attempt, long rows) {}

    /** A run cannot be completed; the partition goes on. */
    default void runFailed(RunKey run, int attempt, FailureCode code, String message) {}

    /** The stage became ready, or stopped being so; empty when ready. */
    default void readinessChanged(String whyNot) {}
}
