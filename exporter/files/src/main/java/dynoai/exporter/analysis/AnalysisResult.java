package dynoai.exporter.analysis;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.KernelResult;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Everything about a run that depends only on its log and its options: no time, id or path. Files written from it have the
 * same bytes each time.
 *
 * @param input the log's hash and size
 * @param baseTables the base tables of the run
 * @param grids the sums of the log's rows
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

    /** Returns what weighed the rows: {@code torque}, {@code hp} or {@code hits}. */
    public String weighting() {
        return description.weightsByHits() ? "hits" : Objects.requireNonNull(options.text(Option.WEIGHTING));
    }

    /** Returns the number of cells of the combined delta that rest on too few samples. */
    public int weakCells() {
        return (int) IntStream.range(0, GridAxes.CELLS)
                .filter(cell ->
                        !kernels.combined().clamped().isEmpty(cell) && grids.samples(cell) < Diagnostics.ENOUGH_SAMPLES)
                .count();
    }

    /** Returns what summary and report say about these cells. */
    public String weakCellsNote() {
        int weak = weakCells();
        return weak + (weak == 1 ? " cell" : " cells") + " of the delta with fewer than " + Diagnostics.ENOUGH_SAMPLES
                + " samples"
                + (options.mathVersion().isReplay()
                        ? ""
                        : "; --min-samples " + Diagnostics.ENOUGH_SAMPLES + " leaves such cells empty");
    }

    /**
     * The log of a run.
     *
     * @param sha256 hash of its bytes in lower-case hexadecimal digits
     */
    public record InputLog(String sha256, long sizeBytes) {}
}
