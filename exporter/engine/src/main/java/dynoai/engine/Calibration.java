package dynoai.engine;

import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.kernel.KernelChain;
import dynoai.exporter.kernel.KernelResult;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.ve.ApplyRequest;
import dynoai.exporter.ve.RollbackRequest;
import dynoai.exporter.ve.VeApply;
import dynoai.exporter.ve.VeRollback;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.VeException;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The library: the operations of the command line as methods. None needs a service, and none keeps state.
 *
 * <pre>{@code
 * AnalysisOptions options = AnalysisOptions.defaults().with(Option.CLAMP, "10");
 * RunGrids bins = Calibration.bin(Path.of("pull.csv"), options);
 * KernelResult result = Calibration.runKernels(bins, options);
 * Calibration.writeGrid(result.combined().clamped(), Path.of("factor.csv"));
 * Calibration.apply(Path.of("base.csv"), Path.of("factor.csv"), Path.of("tuned.csv"));
 * Calibration.rollback(Path.of("tuned.csv"), Path.of("tuned_meta.json"), Path.of("restored.csv"));
 * }</pre>
 */
public final class Calibration {
    private static final int THREADS = 2;
    private static final int DECIMALS = 2;

    private Calibration() {}

    /**
     * Reads a log, filters its rows through the gates and sums them by cell.
     *
     * @param options how to read and weigh the log
     * @return the sums of each cell
     * @throws LogRejectedException if the log cannot be analysed
     * @throws IOException if the file cannot be read or changes meanwhile
     */
    public static RunGrids bin(Path log, AnalysisOptions options) throws LogRejectedException, IOException {
        return FoldedLog.ofFile(log, options).grids();
    }

    /**
     * Reads a log in memory, filters its rows through the gates and sums them by cell.
     *
     * @param name name of the log in messages
     * @param options how to read and weigh the log
     * @return the sums of each cell
     * @throws LogRejectedException if the log cannot be analysed
     */
    public static RunGrids bin(String name, byte[] log, AnalysisOptions options) throws LogRejectedException {
        try {
            LogSource source = LogSource.of(name, log);
            return FoldedLog.of(source, LogReader.plan(source, options), options, 1, null)
                    .grids();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /**
     * Runs the kernels: smoothing, clamp, spark suggestion, and the means of both cylinders.
     *
     * @param bins the sums of a log's rows
     * @return the resulting grids, unrounded
     */
    public static KernelResult runKernels(RunGrids bins, AnalysisOptions options) {
        return new KernelChain(options).run(bins);
    }

    /**
     * Writes a grid of percentages or degrees in the CSV format of run folders: two decimals, a sign, CRLF, and an apostrophe
     * that guards spreadsheets against formulas. Replaces an existing file.
     *
     * @throws IOException if the file cannot be written
     */
    public static void writeGrid(Grid grid, Path file) throws IOException {
        Files.write(file, GridCsv.write(grid, DECIMALS, true));
    }

    /**
     * Reads a grid that {@link #writeGrid} or a run wrote.
     *
     * @throws InvalidTableException if the file is not a table, or has other bins than the grid
     * @throws IOException if the file cannot be read
     */
    public static Grid readGrid(Path file) throws InvalidTableException, IOException {
        return GridCsv.read(file.toString(), InputTables.bytes(file));
    }

    /**
     * Applies a table of percentages to a VE table: new = base × (1 + factor / 100), with factors clamped to ±7 %. Writes the
     * metadata for a rollback next to the output: {@code tuned_meta.json} for {@code tuned.csv}.
     *
     * @param base the VE table; it is not changed
     * @param factor the percentages
     * @param output the new VE table
     * @return the changes by cell, and the metadata
     * @throws VeException if a table is invalid, the bins differ, or the factors have the inverted sign of the replay version
     * @throws IOException if a file cannot be read or written
     */
    public static VeApply.Applied apply(Path base, Path factor, Path output) throws VeException, IOException {
        return apply(ApplyRequest.of(base, new FactorChoice.OfFile(factor), output));
    }

    /**
     * Applies factors with all options of a request: another clamp, a mask, the delta of a run folder.
     *
     * @return the changes by cell, and the metadata
     * @throws VeException if the request is invalid; nothing is written
     * @throws IOException if a file cannot be read or written
     */
    public static VeApply.Applied apply(ApplyRequest request) throws VeException, IOException {
        return new VeApply().apply(request, Instant.now());
    }

    /**
     * Restores the VE table from before an application.
     *
     * @param current the table that {@link #apply} wrote
     * @param metadata the metadata that it wrote next to the table
     * @param output the restored table
     * @return the restored table, and how exact it is
     * @throws VeException if a hash does not match or the metadata is invalid; nothing is written
     * @throws IOException if a file cannot be read or written
     */
    public static VeRollback.RolledBack rollback(Path current, Path metadata, Path output)
            throws VeException, IOException {
        return new VeRollback().rollback(new RollbackRequest(current, metadata, output, null));
    }

    /**
     * Analyses a log and publishes its run folder, as the command {@code analyze} does.
     *
     * @return the run id, the folder and the results
     * @throws LogRejectedException if the log cannot be analysed; no folder is written
     * @throws InvalidTableException if a base table is invalid or has other bins than the grid
     * @throws RunFolderOccupiedException if the target holds something other than an earlier run
     * @throws IOException if a file cannot be read or written
     */
    public static PublishedRun analyze(Path log, AnalysisOptions options, RunTarget target)
            throws LogRejectedException, InvalidTableException, RunFolderOccupiedException, IOException {
        return BatchAnalysis.ofSystemTime().analyze(new RunRequest(log, options, target, THREADS), bytes -> {});
    }
}
