package dynoai.engine;

import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.kernel.KernelChain;
import dynoai.exporter.kernel.KernelResult;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.ve.ApplyRequest;
import dynoai.exporter.ve.FactorChoice;
import dynoai.exporter.ve.RollbackRequest;
import dynoai.exporter.ve.VeApply;
import dynoai.exporter.ve.VeException;
import dynoai.exporter.ve.VeRollback;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.LogSource;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The plain library: what the command line does, as calls. Nothing here needs a service, and nothing is remembered between
 * two calls.
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
     * Reads a log, puts every row through the gates and adds it to its cell.
     *
     * @param log the log's file; it is only read
     * @param options how to read and weigh it
     * @return what the rows of each cell add up to
     * @throws LogRejectedException when the log as a whole cannot be analysed; it says why and what would be accepted
     * @throws IOException when the file cannot be read, or changed meanwhile
     */
    public static RunGrids bin(Path log, AnalysisOptions options) throws LogRejectedException, IOException {
        return FoldedLog.ofFile(log, options).grids();
    }

    /**
     * The same for a log in memory.
     *
     * @param name stands for the file's name in messages
     * @param log the log's bytes
     * @param options how to read and weigh it
     * @return what the rows of each cell add up to
     * @throws LogRejectedException when the log as a whole cannot be analysed
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
     * @param bins what a log's rows add up to
     * @param options the clamp, the smoothing and the biases
     * @return every grid that leaves, unrounded
     */
    public static KernelResult runKernels(RunGrids bins, AnalysisOptions options) {
        return new KernelChain(options).run(bins);
    }

    /**
     * Writes a grid of percentages or degrees as CSV, as the files of a run have it: two decimals, a sign, CRLF, and an
     * apostrophe that guards spreadsheets against formulas.
     *
     * @param grid the grid
     * @param file where to; replaced if it is there
     * @throws IOException when it cannot be written
     */
    public static void writeGrid(Grid grid, Path file) throws IOException {
        Files.write(file, GridCsv.write(grid, DECIMALS, true));
    }

    /**
     * Reads a grid that {@link #writeGrid} or a run wrote.
     *
     * @param file the CSV file
     * @return its 55 cells
     * @throws InvalidTableException if it is not a table, or has other bins than the grid
     * @throws IOException when it cannot be read
     */
    public static Grid readGrid(Path file) throws InvalidTableException, IOException {
        return GridCsv.read(file.toString(), InputTables.bytes(file));
    }

    /**
     * Applies a table of percentages to a VE table: new = base × (1 + factor / 100), the factor clamped to ±7 % first. What
     * going back needs is written beside the output, as {@code tuned_meta.json} beside {@code tuned.csv}.
     *
     * @param base the VE table; it is not changed
     * @param factor the percentages
     * @param output where the new table goes
     * @return what was changed, cell by cell, and the metadata
     * @throws VeException when a table is none, the bins differ, or the factors have the inverted sign of the replay version
     * @throws IOException when a file cannot be read or written
     */
    public static VeApply.Applied apply(Path base, Path factor, Path output) throws VeException, IOException {
        return apply(ApplyRequest.of(base, new FactorChoice.OfFile(factor), output));
    }

    /**
     * Applies with everything that can be said about it: another clamp, a mask, the delta of a run folder.
     *
     * @param request what to apply to what
     * @return what was changed, cell by cell, and the metadata
     * @throws VeException when the request is refused; nothing was written then
     * @throws IOException when a file cannot be read or written
     */
    public static VeApply.Applied apply(ApplyRequest request) throws VeException, IOException {
        return new VeApply().apply(request, Instant.now());
    }

    /**
     * Restores the table that an application started from, exactly.
     *
     * @param current the table that {@link #apply} wrote
     * @param metadata the metadata that it wrote beside it
     * @param output where the restored table goes
     * @return the restored table and how faithful it is
     * @throws VeException when a hash does not match or the metadata is none; nothing was written then
     * @throws IOException when a file cannot be read or written
     */
    public static VeRollback.RolledBack rollback(Path current, Path metadata, Path output)
            throws VeException, IOException {
        return new VeRollback().rollback(new RollbackRequest(current, metadata, output, null));
    }

    /**
     * Analyses a log into a run folder, as the command {@code analyze} does.
     *
     * @param log the log's file; it is only read
     * @param options how to analyse it
     * @param target where the run folder goes
     * @return the run's name, its folder and everything that was found
     * @throws LogRejectedException when the log as a whole cannot be analysed; no folder was made then
     * @throws InvalidTableException when a base table is none or has other bins than the grid
     * @throws RunFolderOccupiedException when the target holds something that is no earlier run
     * @throws IOException when a file cannot be read or written
     */
    public static PublishedRun analyze(Path log, AnalysisOptions options, RunTarget target)
            throws LogRejectedException, InvalidTableException, RunFolderOccupiedException, IOException {
        return BatchAnalysis.ofSystemTime().analyze(new RunRequest(log, options, target, THREADS), bytes -> {});
    }
}
