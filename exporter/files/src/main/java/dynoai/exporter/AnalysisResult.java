package dynoai.exporter;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.KernelChain;
import dynoai.exporter.kernel.KernelResult;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.ProductVersion;

/**
 * Everything about a run that follows from its log and its options alone: no time, no id, no path. Whatever is written from
 * these facts has the same bytes each time.
 *
 * @param input the log's bytes
 * @param baseTables the base tables' bytes, by hash
 */
public record AnalysisResult(
        InputLog input,
        BaseTables baseTables,
        AnalysisOptions options,
        LogDescription description,
        RunGrids grids,
        KernelResult kernels,
        Diagnostics diagnostics,
        String appVersion) {

    /** Runs the kernels and the diagnostics on a run's sums. */
    public static AnalysisResult of(
            InputLog input,
            BaseTables baseTables,
            AnalysisOptions options,
            LogDescription description,
            RunGrids grids) {
        KernelResult kernels = new KernelChain(options).run(grids);
        return new AnalysisResult(
                input,
                baseTables,
                options,
                description,
                grids,
                kernels,
                Diagnostics.of(description, options, grids, kernels),
                ProductVersion.VERSION);
    }

    /**
     * @param sha256 of the log's bytes, in lower-case hexadecimal digits
     */
    public record InputLog(String sha256, long sizeBytes) {}
}
