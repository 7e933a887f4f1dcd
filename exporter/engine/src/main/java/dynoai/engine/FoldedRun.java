package dynoai.engine;

import dynoai.exporter.FailedRun;
import dynoai.exporter.RunExport;
import dynoai.exporter.RunMetadata;
import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.analysis.RunAnalysis;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.Stage;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;

/** A run whose log was read: the stages that are left, and the manifest of a failure in one of them. */
record FoldedRun(
        AnalysisResult.InputLog input,
        BaseTables baseTables,
        AnalysisOptions options,
        FoldedLog log,
        RunMetadata metadata) {

    AnalysisResult analyze() throws RunFailedException {
        try {
            return RunAnalysis.run(input, baseTables, options, log.description(), log.grids());
        } catch (RuntimeException bug) {
            throw failed(Stage.AGGREGATE, bug);
        }
    }

    /** Writes every file and publishes the folder. */
    Manifest export(RunFolder folder, AnalysisResult analysis) throws IOException {
        try {
            Manifest manifest = RunExport.write(folder, analysis, metadata);
            folder.publish();
            return manifest;
        } catch (InterruptedIOException | ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (IOException | RuntimeException e) {
            throw failed(Stage.DIAGNOSE, e);
        }
    }

    /** Writes the manifest of the failure next to the log and publishes the folder. */
    void exportFailure(RunFolder folder, RunFailedException failed) throws IOException {
        FailedRun run = new FailedRun(
                input,
                baseTables,
                options,
                log.description(),
                log.grids(),
                failed.lastStage(),
                String.valueOf(failed.getMessage()));
        RunExport.writeFailure(folder, run, metadata);
        folder.publish();
    }

    private static RunFailedException failed(Stage lastStage, Exception cause) {
        String what = cause instanceof IOException ? "could not be written" : "failed by a bug";
        return new RunFailedException(
                lastStage, "the run " + what + " after stage " + lastStage.key() + ": " + cause, cause);
    }
}
