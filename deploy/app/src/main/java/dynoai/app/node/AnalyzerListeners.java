package dynoai.app.node;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;
import java.util.List;

/** Passes the events of the analyzer to several listeners. */
record AnalyzerListeners(List<AnalyzerEvents> all) implements AnalyzerEvents {
    @Override
    public void runStarted(RunKey run, int attempt, int partition) {
        all.forEach(listener -> listener.runStarted(run, attempt, partition));
    }

    @Override
    public void blockFolded(AnalyzerEvents.FoldedBlock block) {
        all.forEach(listener -> listener.blockFolded(block));
    }

    @Override
    public void runAbandoned(RunKey run) {
        all.forEach(listener -> listener.runAbandoned(run));
    }

    @Override
    public void partitionClosed(int partition) {
        all.forEach(listener -> listener.partitionClosed(partition));
    }

    @Override
    public void recordRepeated(RunKey run) {
        all.forEach(listener -> listener.recordRepeated(run));
    }

    @Override
    public void runCompleted(RunKey run, int attempt, long rows) {
        all.forEach(listener -> listener.runCompleted(run, attempt, rows));
    }

    @Override
    public void runFailed(RunKey run, int attempt, FailureCode code, String message) {
        all.forEach(listener -> listener.runFailed(run, attempt, code, message));
    }

    @Override
    public void readinessChanged(String whyNot) {
        all.forEach(listener -> listener.readinessChanged(whyNot));
    }
}
