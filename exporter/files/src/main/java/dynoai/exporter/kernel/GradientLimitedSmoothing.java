package dynoai.exporter.kernel;

import dynoai.schemas.grid.GridAxes;

/**
 * K1: smooths small corrections and leaves alone what is large or steep.
 *
 * <ol>
 *   <li>The slope of a cell is the largest difference, in percent, to a neighbour in the input.
 *   <li>On a copy that is updated in place, row by row, a cell of magnitude a percent is replaced n times by the mean of
 *       itself and its neighbours: n is all passes up to 1 %, none from 3 % on, and passes × (3 − a) / 2, rounded half to
 *       even, between.
 *   <li>Where the slope exceeds the threshold T, a share f = min(1, slope / 2T) of the input comes back.
 * </ol>
 *
 * <p>Special cases: an empty cell stays empty and is nobody's neighbour; a cell without neighbours stays as it is; edge
 * cells have fewer neighbours and nothing is made up beyond the edge. Because of the update in place a cell sees its upper
 * and left neighbours smoothed and the others as measured: the result is not symmetric, and that is part of the frozen
 * definition. K1 does not make a wrong correction right: a single bad cell of more than 3 % goes through untouched.
 */
final class GradientLimitedSmoothing {
    private final int passes;
    private final double threshold;

    /**
     * @param passes smoothing passes of a small correction
     * @param threshold slope in percent from which the input comes back; greater than 0
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
