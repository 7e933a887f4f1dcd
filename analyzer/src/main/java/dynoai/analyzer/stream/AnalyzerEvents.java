package dynoai.analyzer.stream;

import dynoai.schemas.record.RunFailure;
import dynoai.schemas.record.RunKey;

/** Everything the analyzer can report. How it is shown, counted or logged is decided outside. Called from several threads. */
public interface AnalyzerEvents {
    /** A run's first record came. */
    default void runStarted(RunKey run, int attempt) {}

    /** A block was folded. */
    default void rowsFolded(int rows) {}

    /** A record came again, or belongs to an attempt that is over; it was recognised and left out. */
    default void recordRepeated(RunKey run) {}

    /** A run's grids are on their way to the exporter. */
    default void runCompleted(RunKey run, int attempt, long rows) {}

    /** A run cannot be completed; the partition goes on. */
    default void runFailed(RunKey run, int attempt, RunFailure code, String message) {}

    /** The stage became ready, or stopped being so; empty when ready. */
    default void readinessChanged(String whyNot) {}
}
