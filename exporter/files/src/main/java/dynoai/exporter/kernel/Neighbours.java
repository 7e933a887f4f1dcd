package dynoai.exporter.kernel;

import static dynoai.schemas.grid.GridAxes.CELLS;
import static dynoai.schemas.grid.GridAxes.KPA_COUNT;

import java.util.Arrays;

/**
 * The cells next to a cell, in the order up, down, left, right; edge cells have fewer. Sums of doubles depend on this order.
 */
public final class Neighbours {
    private static final int[][] OF_CELL = ofCells();

    private Neighbours() {}

    /** Returns a starting value plus the non-empty neighbours, added in order. */
    public static double addTo(double start, double[] cells, int cell) {
        double sum = start;
        for (int neighbour : OF_CELL[cell]) {
            if (!Double.isNaN(cells[neighbour])) {
                sum += cells[neighbour];
            }
        }
        return sum;
    }

    /** Returns the number of non-empty neighbours. */
    public static int count(double[] cells, int cell) {
        int count = 0;
        for (int neighbour : OF_CELL[cell]) {
            if (!Double.isNaN(cells[neighbour])) {
                count++;
            }
        }
        return count;
    }

    /** Returns the largest difference to a non-empty neighbour; 0 without neighbours. */
    static double slope(double[] cells, int cell) {
        double slope = 0;
        for (int neighbour : OF_CELL[cell]) {
            if (!Double.isNaN(cells[neighbour])) {
                slope = Math.max(slope, Math.abs(cells[cell] - cells[neighbour]));
            }
        }
        return slope;
    }

    private static int[][] ofCells() {
        int[][] neighbours = new int[CELLS][];
        for (int cell = 0; cell < CELLS; cell++) {
            int[] found = new int[4];
            int count = 0;
            if (cell >= KPA_COUNT) {
                found[count++] = cell - KPA_COUNT;
            }
            if (cell < CELLS - KPA_COUNT) {
                found[count++] = cell + KPA_COUNT;
            }
            if (cell % KPA_COUNT > 0) {
                found[count++] = cell - 1;
            }
            if (cell % KPA_COUNT < KPA_COUNT - 1) {
                found[count++] = cell + 1;
            }
            neighbours[cell] = Arrays.copyOf(found, count);
        }
        return neighbours;
    }
}
