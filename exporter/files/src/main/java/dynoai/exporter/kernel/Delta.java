package dynoai.exporter.kernel;

import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;

/**
 * One correction table on its way through the kernels, in percent.
 *
 * @param input the weighted means that went in
 * @param smoothed after K1 and K2, before the clamp
 * @param clamped what leaves
 */
public record Delta(Grid input, Grid smoothed, Grid clamped) {

    /** Whether the clamp cut this cell: the measured correction was larger than what leaves. */
    public boolean isClamped(int cell) {
        return !smoothed.isEmpty(cell) && smoothed.at(cell) != clamped.at(cell);
    }

    public int clampedCells() {
        int count = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (isClamped(cell)) {
                count++;
            }
        }
        return count;
    }

    /** The largest magnitude that leaves, in percent; 0 for an empty table. */
    public double largestPercent() {
        double largest = 0;
        for (double percent : clamped.toArray()) {
            if (Math.abs(percent) > largest) {
                largest = Math.abs(percent);
            }
        }
        return largest;
    }
}
