package dynoai.exporter.kernel;

import dynoai.schemas.grid.GridAxes;

/**
 * K1: smooths small corrections and keeps large or steep ones.
 *
 * <ol>
 *   <li>The slope of a cell is the largest difference, in percent, to a neighbour in the input.
 *   <li>In a copy updated in place, row by row, a cell of magnitude a percent is replaced n times by the mean of itself and
 *       its neighbours: n is all passes up to 1 %, none from 3 % on, and passes × (3 − a) / 2 between, rounded half to even.
 *   <li>Where the slope exceeds the threshold T, the cell is blended with the share f = min(1, slope / 2T) of the input.
 * </ol>
 *
 * <p>Empty cells stay empty and do not count as neighbours; a cell without neighbours stays as it is; edge cells have fewer
 * neighbours. Because of the update in place a cell's upper and left neighbours are already smoothed. The result is therefore
 * not symmetric, which is part of the frozen definition. K1 does not detect wrong values: a single bad cell of more than 3 %
 * stays unchanged.
 */
final class GradientLimitedSmoothing {
    private final int passes;
    private final double threshold;

    /**
     * @param passes smoothing passes of a small correction
     * @param threshold slope in percent above which the input is blended in; greater than 0
     */
    GradientLimitedSmoothing(int passes, double threshold) {
        this.passes = passes;
        this.threshold = threshold;
    }

    double[] apply(double[] input) {
        double[] cells = input.clone();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (!Double.isNaN(cells[cell])) {
                smooth(cells, cell);
            }
        }
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (!Double.isNaN(cells[cell])) {
                double slope = Neighbours.slope(input, cell);
                if (slope > threshold) {
                    double f = Math.min(1.0, slope / (threshold * KernelProfile.FULL_RETURN_SLOPE));
                    cells[cell] = (1.0 - f) * cells[cell] + f * input[cell];
                }
            }
        }
        return cells;
    }

    private void smooth(double[] cells, int cell) {
        int divisor = 1 + Neighbours.count(cells, cell);
        for (int pass = passesFor(Math.abs(cells[cell])); pass > 0; pass--) {
            cells[cell] = Neighbours.addTo(cells[cell], cells, cell) / divisor;
        }
    }

    private int passesFor(double magnitude) {
        if (magnitude >= KernelProfile.NO_SMOOTHING_PERCENT) {
            return 0;
        }
        if (magnitude <= KernelProfile.FULL_SMOOTHING_PERCENT) {
            return passes;
        }
        double share = (KernelProfile.NO_SMOOTHING_PERCENT - magnitude)
                / (KernelProfile.NO_SMOOTHING_PERCENT - KernelProfile.FULL_SMOOTHING_PERCENT);
        return (int) Math.rint(passes * share);
    }
}
