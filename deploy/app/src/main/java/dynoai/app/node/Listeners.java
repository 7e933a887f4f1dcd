package dynoai.app.node;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.intake.event.IntakeEvents;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.stage.StageEvents;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a node's stages. */
public record Listeners(IngestEvents ingest, AnalyzerEvents analyzer, ExporterEvents exporter, IntakeEvents intake) {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    public static Listeners of(Pipeline.Listener listener) {
        return new Listeners(listener, new AnalyzerEvents() {}, listener, new IntakeEvents() {
            @Override
            public void requestFailed(String request, Throwable bug) {
                LOG.error("{} failed", request, bug);
            }

            @Override
            public void transientFailure(String where, Exception cause) {
                listener.transientFailure(where, cause);
            }

            @Override
            public void warning(String where, String message) {
                listener.warning(where, message);
            }

            @Override
            public void failed(String stage, Throwable bug) {
                listener.failed(stage, bug);
            }
        });
    }

    /** Returns listeners that pass every event to these, then to the others. */
    public Listeners and(IngestEvents moreIngest, AnalyzerEvents moreAnalyzer, ExporterEvents moreExporter) {
        return new Listeners(
                new IngestListeners(List.of(ingest, moreIngest)),
                new AnalyzerListeners(List.of(analyzer, moreAnalyzer)),
                new ExporterListeners(List.of(exporter, moreExporter)),
                intake);
    }

    /** Returns listeners that pass the events of an intake to these, then to the other. */
    public Listeners and(IntakeEvents moreIntake) {
        return new Listeners(ingest, analyzer, exporter, intake.and(moreIntake));
    }

    private interface StageListeners<T extends StageEvents> extends StageEvents {
        List<T> all();

        @Override
        default void transientFailure(String where, Exception cause) {
            all().forEach(listener -> listener.transientFailure(where, cause));
        }

        @Override
        default void warning(String where, String message) {
            all().forEach(listener -> listener.warning(where, message));
        }

        @Override
        default void failed(String stage, Throwable bug) {
            all().forEach(listener -> listener.failed(stage, bug));
        }
    }

    record IngestListeners(List<IngestEvents> all) implements IngestEvents, StageListeners<IngestEvents> {
        @Override
        public void fileChanged(Path file, FileState state) {
            all.forEach(listener -> listener.fileChanged(file, state));
        }

        @Override
        public void fileVanished(Path file) {
            all.forEach(listener -> listener.fileVanished(file));
        }

        @Override
        public void fileStarted(Claim claim) {
            all.forEach(listener -> listener.fileStarted(claim));
        }

        @Override
        public void logProgress(Claim claim, long rows, long bytes) {
            all.forEach(listener -> listener.logProgress(claim, rows, bytes));
        }

        @Override
        public void logCounted(Claim claim, long rows) {
            all.forEach(listener -> listener.logCounted(claim, rows));
        }

        @Override
        public void logRead(Claim claim, long nanos) {
            all.forEach(listener -> listener.logRead(claim, nanos));
        }

        @Override
        public void transactionCommitted(Claim claim, long nanos) {
            all.forEach(listener -> listener.transactionCommitted(claim, nanos));
        }

        @Override
        public void fileCommitted(Claim claim) {
            all.forEach(listener -> listener.fileCommitted(claim));
        }

        @Override
        public void runResent(Claim claim) {
            all.forEach(listener -> listener.runResent(claim));
        }

        @Override
        public void claimRecovered(Claim claim) {
            all.forEach(listener -> listener.claimRecovered(claim));
        }

        @Override
        public void scanned(int logs, long nanos) {
            all.forEach(listener -> listener.scanned(logs, nanos));
        }

        @Override
        public void claimingPaused(String why) {
            all.forEach(listener -> listener.claimingPaused(why));
        }

        @Override
        public void recordSkipped(String topic, int partition, long offset, String why) {
            all.forEach(listener -> listener.recordSkipped(topic, partition, offset, why));
        }
    }

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

    record ExporterListeners(List<ExporterEvents> all) implements ExporterEvents, StageListeners<ExporterEvents> {
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
    }
}
