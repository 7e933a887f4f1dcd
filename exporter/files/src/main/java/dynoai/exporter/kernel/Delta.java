package dynoai.exporter.kernel;

import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;

/**
 * One correction table before and after the kernels, in percent.
 *
 * @param input the weighted means
 * @param smoothed after K1 and K2, before the clamp
 * @param clamped the result: after the clamp, without cells of fewer samples than {@code min_samples}
 */
public record Delta(Grid input, Grid smoothed, Grid clamped) {

    /** Whether the clamp changed this cell. */
    public boolean isClamped(int cell) {
        return !clamped.isEmpty(cell) && smoothed.at(cell) != clamped.at(cell);
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

    /**
     * Returns the cell with the largest correction after the clamp, or −1 if no cell has one. Among equal ones it is the cell
     * with the largest correction before the clamp.
     */
    public int largestCell() {
        int largest = clamped.largestCell();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (!clamped.isEmpty(cell)
                    && Math.abs(clamped.at(cell)) == Math.abs(clamped.at(largest))
                    && Math.abs(smoothed.at(cell)) > Math.abs(smoothed.at(largest))) {
                largest = cell;
            }
        }
        return largest;
    }

    /** Returns the largest correction after the clamp in percent, without its sign; 0 for an empty table. */
    public double largestPercent() {
        int cell = clamped.largestCell();
        return cell < 0 ? 0 : Math.abs(clamped.at(cell));
    }
}
