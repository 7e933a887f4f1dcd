package dynoai.exporter.analysis;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.KernelChain;
import dynoai.exporter.kernel.KernelResult;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.ProductVersion;

/** Runs the kernels and the diagnostics on the sums of a run. Batch and stream both end here. */
public final class RunAnalysis {
    private RunAnalysis() {}

    public static AnalysisResult run(
            AnalysisResult.InputLog input,
            BaseTables baseTables,
            AnalysisOptions options,
            LogDescription description,
            RunGrids grids) {
        KernelResult kernels = new KernelChain(options).run(grids);
        Diagnostics diagnostics = Diagnostics.of(description, options, grids, kernels);
        return new AnalysisResult(
                input, baseTables, options, description, grids, kernels, diagnostics, ProductVersion.VERSION);
    }
}
