package dynoai.exporter;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.manifest.Stage;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import org.jspecify.annotations.Nullable;

/**
 * A run that was begun and could not be finished. A log that is refused is none: it has no run folder.
 *
 * @param description how the log was read; null when the run did not get that far
 * @param grids the run's sums; null when the run did not get that far
 * @param lastStage the last stage that was completed
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
