package dynoai.exporter.kernel;

import dynoai.schemas.grid.GridAxes;

/**
 * K2: blends a fifth of the weighted neighbourhood into every cell.
 *
 * <p>On a copy that is updated in place, row by row: m = (cell × 1.25 + each neighbour) / (1.25 + 1 each), then cell = 0.20
 * × m + 0.80 × cell, in percent. An empty cell stays empty and is nobody's neighbour; a cell without neighbours keeps its
 * value up to rounding. K2 fills no gaps.
 */
final class CenterWeightedBlend {
    private CenterWeightedBlend() {}

    static double[] apply(double[] input) {
        double[] cells = input.clone();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (!Double.isNaN(cells[cell])) {
                double total = Neighbours.addTo(cells[cell] * KernelProfile.CENTER_BIAS, cells, cell);
                double weight = KernelProfile.CENTER_BIAS + Neighbours.count(cells, cell);
                cells[cell] = KernelProfile.ALPHA * (total / weight) + (1.0 - KernelProfile.ALPHA) * cells[cell];
            }
        }
        return cells;
    }
}
