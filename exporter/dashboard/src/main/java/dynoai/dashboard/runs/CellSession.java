package dynoai.dashboard.runs;

import dynoai.dashboard.board.RunLine;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All runs of a dyno cell together: how often each cell of the grid was ridden, which are left, how corrections shrink. */
public final class CellSession {
    /** Cells with fewer samples are weak, as in the reports. */
    public static final int WEAK_BELOW = 10;

    /** So many of the latest runs are read; a session has fewer. */
    public static final int LATEST_RUNS = 50;

    private CellSession() {}

    /** @param runs of the cell, oldest first */
    public static Map<String, @Nullable Object> of(List<RunLine> runs, RunFolders folders) throws IOException {
        List<RunLine> latest = runs.subList(Math.max(0, runs.size() - LATEST_RUNS), runs.size());
        long[] front = new long[GridAxes.CELLS];
        long[] rear = new long[GridAxes.CELLS];
        List<Object> steps = new ArrayList<>();
        for (RunLine run : latest) {
            add(front, coverage(run, GridKind.COVERAGE_FRONT, folders));
            add(rear, coverage(run, GridKind.COVERAGE_REAR, folders));
            steps.add(step(run));
        }
        return new Fields()
                .put("axes", RunFolderView.axes())
                .put("runs", runs.size())
                .put("runs_read", latest.size())
                .put("weak_below", WEAK_BELOW)
                .put("coverage_front", rows(front))
                .put("coverage_rear", rows(rear))
                .put("to_ride", toRide(front, rear))
                .put("iterations", steps)
                .map();
    }

    /** A run as a step of its session. */
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

    private static Optional<GridTable> coverage(RunLine run, GridKind kind, RunFolders folders) throws IOException {
        try {
            return GridTable.read(folders.folder(run.shop(), run.runId()).resolve(kind.file()));
        } catch (UnsafePathException refused) {
            return Optional.empty();
        }
    }

    private static void add(long[] sums, Optional<GridTable> coverage) {
        for (int cell = 0; cell < GridAxes.CELLS && coverage.isPresent(); cell++) {
            sums[cell] += coverage.get().whole(cell);
        }
    }

    private static List<List<String>> rows(long[] cells) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < GridAxes.RPM_COUNT; row++) {
            List<String> values = new ArrayList<>();
            for (int column = 0; column < GridAxes.KPA_COUNT; column++) {
                values.add(Long.toString(cells[row * GridAxes.KPA_COUNT + column]));
            }
            rows.add(values);
        }
        return rows;
    }

    private static List<Object> toRide(long[] front, long[] rear) {
        List<Object> cells = new ArrayList<>();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (Math.min(front[cell], rear[cell]) < WEAK_BELOW) {
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
