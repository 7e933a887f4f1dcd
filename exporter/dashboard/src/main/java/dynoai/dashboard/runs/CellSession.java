package dynoai.dashboard.runs;

import dynoai.dashboard.board.RunLine;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.manifest.GridFile;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session of a dyno cell: summed coverage of its runs, cells with too few samples, and the convergence of corrections. */
public final class CellSession {
    private static final int MAX_RUNS = 50;

    private CellSession() {}

    /** @param runs of the cell, oldest first */
    public static Map<String, @Nullable Object> of(List<RunLine> runs, RunFolders folders) throws IOException {
        List<RunLine> latest = runs.subList(Math.max(0, runs.size() - MAX_RUNS), runs.size());
        long[] front = new long[GridAxes.CELLS];
        long[] rear = new long[GridAxes.CELLS];
        List<Object> steps = new ArrayList<>();
        for (RunLine run : latest) {
            add(front, coverage(run, GridFile.COVERAGE_FRONT, folders));
            add(rear, coverage(run, GridFile.COVERAGE_REAR, folders));
            steps.add(step(run));
        }
        return new Fields()
                .put("axes", RunFolderView.axes())
                .put("runs", runs.size())
                .put("runs_read", latest.size())
                .put("weak_below", Diagnostics.ENOUGH_SAMPLES)
                .put("coverage_front", rows(front))
                .put("coverage_rear", rows(rear))
                .put("to_ride", toRide(front, rear))
                .put("iterations", steps)
                .map();
    }

    /** Returns a run as a step of its session. */
    public static Map<String, @Nullable Object> step(RunLine run) {
        return new Fields()
                .put("shop", run.shop())
                .put("run_id", run.runId())
                .put("file", run.file())
                .put("started_ms", run.startedMillis())
                .put("largest_correction_pct", run.findings().both().largestPct())
                .put("front_largest_pct", run.findings().front().largestPct())
                .put("rear_largest_pct", run.findings().rear().largestPct())
                .put("cells_covered", run.findings().both().cellsCovered())
                .put("cells_clamped", run.findings().both().cellsClamped())
                .put("front_clamped", run.findings().front().cellsClamped())
                .put("rear_clamped", run.findings().rear().cellsClamped())
                .map();
    }

    private static Optional<GridTable> coverage(RunLine run, GridFile grid, RunFolders folders) throws IOException {
        try {
            return GridTable.read(grid.in(folders.folder(run.shop(), run.runId())));
        } catch (UnsafePathException ignored) {
            return Optional.empty(); // The run has no folder.
        }
    }

    private static void add(long[] sums, Optional<GridTable> coverage) {
        for (int cell = 0; cell < GridAxes.CELLS && coverage.isPresent(); cell++) {
            sums[cell] += coverage.get().whole(cell);
        }
    }

    private static List<List<String>> rows(long[] cells) {
        return GridTable.rows(cell -> Long.toString(cells[cell]));
    }

    private static List<Object> toRide(long[] front, long[] rear) {
        List<Object> cells = new ArrayList<>();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (Math.min(front[cell], rear[cell]) < Diagnostics.ENOUGH_SAMPLES) {
                cells.add(new Fields()
                        .put("rpm", GridAxes.rpmOfCell(cell))
                        .put("kpa", GridAxes.kpaOfCell(cell))
                        .put("front", front[cell])
                        .put("rear", rear[cell])
                        .map());
            }
        }
        return cells;
    }
}
