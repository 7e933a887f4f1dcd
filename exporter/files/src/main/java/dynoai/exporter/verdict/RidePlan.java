package dynoai.exporter.verdict;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.Band;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where to ride next, as bands of neighbouring engine speeds at one manifold pressure.
 *
 * <p>A candidate lacks rows, for their number or for their spread ({@link Trust#missing}), or was cut by the clamp, and has a
 * row or is next to a covered cell, so that it is reachable. Its score is
 *
 * <pre>(missing rows + 10 if cut) × (1 + covered neighbours) × (2 in the working area, else 1)</pre>
 *
 * <p>so holes between measured cells come before the rim, and the working area before the corners. Of both cylinders the one
 * that lacks more counts; a cylinder without any row does not count. A single firm cell between two candidates belongs to
 * their band, since the pull passes it.
 */
public final class RidePlan {
    /** The working area: engine speeds and pressures of cruising and rolling on. */
    public static final Band WORKING_AREA = new Band(2000, 4500, 50, 80);

    private static final int MAX_BANDS = 8;
    private static final int WORKING_WEIGHT = 2;
    private static final int CUT_WEIGHT = Diagnostics.ENOUGH_SAMPLES;
    private static final int MIN_SECONDS_PER_CELL = 5;
    private static final int STEP_SECONDS = 5;
    private static final int MAX_SECONDS = 600;

    private final List<Ridden> cylinders = new ArrayList<>();
    private final double rowsPerSecond;
    private final List<RideBand> bands = new ArrayList<>();
    private final int[] rank = new int[GridAxes.CELLS];

    private RidePlan(Ridden front, Ridden rear, double rowsPerSecond) {
        for (Cylinder cylinder : Cylinder.values()) {
            Ridden ridden = Ridden.of(cylinder, front, rear);
            if (ridden.covered() > 0) {
                cylinders.add(ridden);
            }
        }
        this.rowsPerSecond = rowsPerSecond;
        for (int kpa = 0; kpa < GridAxes.KPA_COUNT; kpa++) {
            addBands(kpa);
        }
        bands.sort(Comparator.comparingLong(RideBand::score).reversed());
        if (bands.size() > MAX_BANDS) {
            bands.subList(MAX_BANDS, bands.size()).clear();
        }
        for (int i = 0; i < bands.size(); i++) {
            for (int cell : bands.get(i).cells()) {
                rank[cell] = i + 1;
            }
        }
    }

    /**
     * Plans the next ride.
     *
     * @param rowsPerSecond of the logs; NaN if unknown, the times are then the shortest sensible ones
     */
    public static RidePlan of(Ridden front, Ridden rear, double rowsPerSecond) {
        return new RidePlan(front, rear, rowsPerSecond);
    }

    /** Returns at most eight bands, the most useful first; equal ones in grid order. */
    public List<RideBand> bands() {
        return List.copyOf(bands);
    }

    /** Returns the number of the cell's band from 1 on; 0 if it is in none. */
    public int rank(int cell) {
        return rank[cell];
    }

    /** Returns what to do if there is no band; empty if there is one. */
    public String otherwise() {
        if (!bands.isEmpty()) {
            return "";
        }
        return cylinders.isEmpty()
                ? "No cell has a sample. Begin in the working area, 2000-4500 rpm and 50-80 kPa, at steady throttle."
                : "Every cell that can be reached from the covered ones is firm: " + Diagnostics.ENOUGH_SAMPLES
                        + " samples or more, with a narrow spread.";
    }

    private void addBands(int kpa) {
        List<Integer> cells = new ArrayList<>();
        int gap = 0;
        for (int rpm = 0; rpm < GridAxes.RPM_COUNT; rpm++) {
            int cell = rpm * GridAxes.KPA_COUNT + kpa;
            if (score(cell) > 0) {
                if (gap > 1) {
                    addBand(cells);
                    cells = new ArrayList<>();
                } else if (gap == 1 && !cells.isEmpty()) {
                    cells.add(cell - GridAxes.KPA_COUNT);
                }
                cells.add(cell);
                gap = 0;
            } else {
                gap++;
            }
        }
        addBand(cells);
    }

    private void addBand(List<Integer> cells) {
        if (cells.isEmpty()) {
            return;
        }
        int weak = 0;
        int scattered = 0;
        double widest = 0;
        int cut = 0;
        long missing = 0;
        long score = 0;
        double seconds = 0;
        for (int cell : cells) {
            Trust trust = trust(cell);
            weak += trust == Trust.NONE || trust == Trust.WEAK ? 1 : 0;
            if (trust == Trust.SCATTERED) {
                scattered++;
                widest = Math.max(widest, spread(cell));
            }
            cut += isCut(cell) ? 1 : 0;
            missing = Math.max(missing, missing(cell));
            score += score(cell);
            double own = rowsPerSecond > 0 ? missing(cell) / rowsPerSecond : 0;
            seconds += Math.max(MIN_SECONDS_PER_CELL, own);
        }
        int rounded = (int) Math.min(MAX_SECONDS, Math.ceil(seconds / STEP_SECONDS) * STEP_SECONDS);
        bands.add(new RideBand(List.copyOf(cells), weak, scattered, widest, cut, missing, rounded, score));
    }

    /** Returns the score of a cell; 0 if it need not be ridden or cannot be reached. */
    long score(int cell) {
        int neighbours = coveredNeighbours(cell);
        if (neighbours == 0 && !isCovered(cell)) {
            return 0;
        }
        long need = missing(cell) + (isCut(cell) ? CUT_WEIGHT : 0);
        return need * (1 + neighbours) * (WORKING_AREA.contains(cell) ? WORKING_WEIGHT : 1);
    }

    private Trust trust(int cell) {
        return cylinders.stream()
                .map(ridden -> ridden.trust(cell))
                .min(Comparator.naturalOrder())
                .orElse(Trust.NONE);
    }

    private double spread(int cell) {
        return cylinders.stream()
                .mapToDouble(ridden -> ridden.mad().at(cell))
                .filter(mad -> !Double.isNaN(mad))
                .max()
                .orElse(0);
    }

    private boolean isCut(int cell) {
        return cylinders.stream().anyMatch(ridden -> ridden.cut().contains(cell));
    }

    private long missing(int cell) {
        return cylinders.stream()
                .mapToLong(ridden -> ridden.missing(cell))
                .max()
                .orElse(0);
    }

    /** Whether every cylinder that counts has a row in the cell. */
    private boolean isCovered(int cell) {
        return !cylinders.isEmpty()
                && cylinders.stream().allMatch(ridden -> ridden.rows().get(cell) > 0);
    }

    private int coveredNeighbours(int cell) {
        int row = cell / GridAxes.KPA_COUNT;
        int column = cell % GridAxes.KPA_COUNT;
        return covered(row - 1, column)
                + covered(row + 1, column)
                + covered(row, column - 1)
                + covered(row, column + 1);
    }

    private int covered(int row, int column) {
        boolean onGrid = row >= 0 && row < GridAxes.RPM_COUNT && column >= 0 && column < GridAxes.KPA_COUNT;
        return onGrid && isCovered(row * GridAxes.KPA_COUNT + column) ? 1 : 0;
    }
}
