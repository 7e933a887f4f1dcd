package dynoai.app.node;

import dynoai.exporter.stage.ExporterEvents;
import dynoai.schemas.record.RunResult;
import java.util.List;

/** Passes the events of the exporter to several listeners. */
record ExporterListeners(List<ExporterEvents> all) implements ExporterEvents {
    @Override
    public void folderWritten(String runId, long kernelNanos, long exportNanos) {
        all.forEach(listener -> listener.folderWritten(runId, kernelNanos, exportNanos));
    }

    @Override
    public void transactionCommitted(int results, long nanos) {
        all.forEach(listener -> listener.transactionCommitted(results, nanos));
    }

    @Override
    public void runPublished(RunResult result) {
        all.forEach(listener -> listener.runPublished(result));
    }

    @Override
    public void runFolderReused(String runId) {
        all.forEach(listener -> listener.runFolderReused(runId));
    }

    @Override
    public void recordSkipped(int partition, long offset, String why) {
        all.forEach(listener -> listener.recordSkipped(partition, offset, why));
    }

    @Override
    public void paused(String why) {
        all.forEach(listener -> listener.paused(why));
    }

    @Override
    public void transientFailure(String where, Exception cause) {
        all.forEach(listener -> listener.transientFailure(where, cause));
    }
}
