package dynoai.exporter.report;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.Band;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The cells to ride next. A candidate has fewer than {@link Diagnostics#ENOUGH_SAMPLES} samples, and has one or is next to a
 * covered cell, so that it is reachable. Its score is
 *
 * <pre>missing samples × (1 + covered neighbours) × (2 in the working area, else 1)</pre>
 *
 * <p>so holes between measured cells come before the rim, and the working area before the corners. The samples of a cell are
 * those of the cylinder with fewer; a cylinder without any does not count.
 */
final class RideNext {
    /** The working area: engine speeds and pressures of cruising and rolling on. */
    static final Band WORKING_AREA = new Band(2000, 4500, 50, 80);

    private static final int LISTED = 12;
    private static final int WORKING_WEIGHT = 2;

    private final long[] samples = new long[GridAxes.CELLS];

    private RideNext(RunGrids grids) {
        boolean front = grids.front().coveredCells() > 0;
        boolean rear = grids.rear().coveredCells() > 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            long fewest = Long.MAX_VALUE;
            for (Cylinder cylinder : Cylinder.values()) {
                if (cylinder == Cylinder.FRONT ? front : rear) {
                    fewest = Math.min(fewest, grids.of(cylinder).coverage().get(cell));
                }
            }
            samples[cell] = fewest == Long.MAX_VALUE ? 0 : fewest;
        }
    }

    /** @param missing samples until the cell has enough */
    record Target(int cell, long missing, int coveredNeighbours, boolean inWorkingArea) {
        long score() {
            return missing * (1 + coveredNeighbours) * (inWorkingArea ? WORKING_WEIGHT : 1);
        }
    }

    /** Returns at most twelve, best score first; equal ones in grid order. */
    static List<Target> of(RunGrids grids) {
        RideNext search = new RideNext(grids);
        List<Target> targets = new ArrayList<>();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            int neighbours = search.coveredNeighbours(cell);
            long missing = Diagnostics.ENOUGH_SAMPLES - search.samples[cell];
            if (missing > 0 && (neighbours > 0 || search.samples[cell] > 0)) {
                targets.add(new Target(cell, missing, neighbours, WORKING_AREA.contains(cell)));
            }
        }
        targets.sort(Comparator.comparingLong(Target::score).reversed());
        return List.copyOf(targets.subList(0, Math.min(LISTED, targets.size())));
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
        return onGrid && samples[row * GridAxes.KPA_COUNT + column] > 0 ? 1 : 0;
    }
}
