package dynoai.engine;

import dynoai.exporter.AnalysisResult;
import dynoai.exporter.BaseTables;
import dynoai.exporter.FailedRun;
import dynoai.exporter.RunExport;
import dynoai.exporter.RunMetadata;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.Stage;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** The stages of a run after its log was read, and what is known of it when one of them fails. */
final class RunStages {
    private final AnalysisOptions options;
    private final BaseTables baseTables;
    private final RunMetadata occasion;
    private AnalysisResult.@Nullable InputLog input;
    private @Nullable FoldedLog folded;

    RunStages(AnalysisOptions options, BaseTables baseTables, RunMetadata occasion) {
        this.options = options;
        this.baseTables = baseTables;
        this.occasion = occasion;
    }

    /** Runs the kernels and the diagnostics. */
    AnalysisResult facts(AnalysisResult.InputLog log, FoldedLog sums) throws RunFailedException {
        input = log;
        folded = sums;
        try {
            return AnalysisResult.of(log, baseTables, options, sums.description(), sums.grids());
        } catch (RuntimeException bug) {
            throw failed(Stage.AGGREGATE, bug);
        }
    }

    /** Writes every file and lets the folder appear. */
    Manifest export(RunFolder folder, AnalysisResult facts) throws IOException {
        try {
            Manifest manifest = RunExport.write(folder, facts, occasion);
            folder.publish();
            return manifest;
        } catch (InterruptedIOException | ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (IOException | RuntimeException e) {
            throw failed(Stage.DIAGNOSE, e);
        }
    }

    /** Writes what is known into the run folder, beside the log. */
    void exportFailure(RunFolder folder, RunFailedException failed) throws IOException {
        AnalysisResult.InputLog log = input;
        FoldedLog sums = folded;
        if (log == null || sums == null) {
            throw new IllegalStateException("a run fails only after its log was read");
        }
        FailedRun run = new FailedRun(
                log,
                baseTables,
                options,
                sums.description(),
                sums.grids(),
                failed.lastStage(),
                String.valueOf(failed.getMessage()));
        RunExport.writeFailure(folder, run, occasion);
        folder.publish();
    }

    private static RunFailedException failed(Stage lastStage, Exception cause) {
        String what = cause instanceof IOException ? "could not be written" : "failed by a bug";
        return new RunFailedException(
                lastStage, "the run " + what + " after stage " + lastStage.key() + ": " + cause, cause);
    }
}
