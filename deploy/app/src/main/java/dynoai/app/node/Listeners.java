package dynoai.app.node;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.ingest.folder.Claim;
import dynoai.ingest.folder.FileState;
import dynoai.ingest.folder.IngestEvents;
import dynoai.schemas.record.RunFailure;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;
import java.nio.file.Path;

/** Who hears of the stages of a node, stage by stage; several may. */
public record Listeners(IngestEvents ingest, AnalyzerEvents analyzer, ExporterEvents exporter) {

    public static Listeners of(Pipeline.Listener listener) {
        return new Listeners(listener, new AnalyzerEvents() {}, listener);
    }

    /** These, and then those. */
    public Listeners and(IngestEvents moreIngest, AnalyzerEvents moreAnalyzer, ExporterEvents moreExporter) {
        return new Listeners(
                new OfIngest(ingest, moreIngest),
                new OfAnalyzer(analyzer, moreAnalyzer),
                new OfExporter(exporter, moreExporter));
    }

    private record OfIngest(IngestEvents first, IngestEvents second) implements IngestEvents {
        @Override
        public void fileChanged(Path file, FileState state) {
            first.fileChanged(file, state);
            second.fileChanged(file, state);
        }

        @Override
        public void fileStarted(Claim claim) {
            first.fileStarted(claim);
            second.fileStarted(claim);
        }

        @Override
        public void fileCommitted(Claim claim) {
            first.fileCommitted(claim);
            second.fileCommitted(claim);
        }

        @Override
        public void fileLostInTransit(Claim claim) {
            first.fileLostInTransit(claim);
            second.fileLostInTransit(claim);
        }

        @Override
        public void claimRecovered(Claim claim) {
            first.claimRecovered(claim);
            second.claimRecovered(claim);
        }

        @Override
        public void scanned(int logs, int leftAlone, long nanos) {
            first.scanned(logs, leftAlone, nanos);
            second.scanned(logs, leftAlone, nanos);
        }

        @Override
        public void claimingPaused(String why) {
            first.claimingPaused(why);
            second.claimingPaused(why);
        }

        @Override
        public void troubled(String where, Exception cause) {
            first.troubled(where, cause);
            second.troubled(where, cause);
        }
    }

    private record OfAnalyzer(AnalyzerEvents first, AnalyzerEvents second) implements AnalyzerEvents {
        @Override
        public void runStarted(RunKey run, int attempt) {
            first.runStarted(run, attempt);
            second.runStarted(run, attempt);
        }

        @Override
        public void rowsFolded(int rows) {
            first.rowsFolded(rows);
            second.rowsFolded(rows);
        }

        @Override
        public void recordRepeated(RunKey run) {
            first.recordRepeated(run);
            second.recordRepeated(run);
        }

        @Override
        public void runCompleted(RunKey run, int attempt, long rows) {
            first.runCompleted(run, attempt, rows);
            second.runCompleted(run, attempt, rows);
        }

        @Override
        public void runFailed(RunKey run, int attempt, RunFailure code, String message) {
            first.runFailed(run, attempt, code, message);
            second.runFailed(run, attempt, code, message);
        }

        @Override
        public void readinessChanged(String whyNot) {
            first.readinessChanged(whyNot);
            second.readinessChanged(whyNot);
        }
    }

    private record OfExporter(ExporterEvents first, ExporterEvents second) implements ExporterEvents {
        @Override
        public void runPublished(RunResult result) {
            first.runPublished(result);
            second.runPublished(result);
        }

        @Override
        public void runFoundAgain(String runId) {
            first.runFoundAgain(runId);
            second.runFoundAgain(runId);
        }

        @Override
        public void recordPassedOver(int partition, long offset, String why) {
            first.recordPassedOver(partition, offset, why);
            second.recordPassedOver(partition, offset, why);
        }

        @Override
        public void paused(String why) {
            first.paused(why);
            second.paused(why);
        }

        @Override
        public void troubled(String where, Exception cause) {
            first.troubled(where, cause);
            second.troubled(where, cause);
        }
    }
}
