package dynoai.exporter;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.manifest.Stage;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import org.jspecify.annotations.Nullable;

/**
 * A run that failed after its log was accepted. It has a run folder with a manifest and, usually, the log.
 *
 * @param description how the log was read; null if the run failed before that
 * @param grids the run's sums; null if the run failed before that
 * @param lastStage the last completed stage
 * @param message what went wrong
 */
public record FailedRun(
        AnalysisResult.InputLog input,
        BaseTables baseTables,
        AnalysisOptions options,
        @Nullable LogDescription description,
        @Nullable RunGrids grids,
        Stage lastStage,
        String message) {}
