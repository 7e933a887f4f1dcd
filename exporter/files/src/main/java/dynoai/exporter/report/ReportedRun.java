package dynoai.exporter.report;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.KernelResult;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a run shows: no time, no id and no path, so that the same log and options give the same page.
 *
 * @param baseFrontSha256 hash of the front base table; null without one
 * @param baseRearSha256 likewise for the rear
 */
public record ReportedRun(
        String inputSha256,
        long inputBytes,
        @Nullable String baseFrontSha256,
        @Nullable String baseRearSha256,
        AnalysisOptions options,
        LogDescription description,
        RunGrids grids,
        KernelResult kernels,
        Diagnostics diagnostics,
        String appVersion) {}
