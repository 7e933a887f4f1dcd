package dynoai.app.node;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the analyzer's events, and triggers its crash points in tests. */
final class AnalyzerLog implements AnalyzerEvents {
    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerLog.class);

    @Override
    public void runStarted(RunKey run, int attempt, int partition) {
        CrashPoint.ANALYZER_AT_START.reached();
    }

    @Override
    public void blockFolded(FoldedBlock block) {
        CrashPoint.ANALYZER_MID_RUN.reached();
    }

    @Override
    public void runCompleted(RunKey run, int attempt, long rows) {
        LOG.info("run {} attempt {} folded, {} rows", run, attempt, rows);
        CrashPoint.ANALYZER_AFTER_RESULT.reached();
    }

    @Override
    public void runFailed(RunKey run, int attempt, FailureCode code, String message) {
        LOG.warn("run {} attempt {} failed: {}: {}", run, attempt, code, message);
    }

    @Override
    public void readinessChanged(String whyNot) {
        LOG.info("analyzer {}", whyNot.isEmpty() ? "ready" : whyNot);
    }
}
