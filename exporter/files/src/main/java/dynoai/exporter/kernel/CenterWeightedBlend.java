package dynoai.exporter.kernel;

import dynoai.schemas.grid.GridAxes;

/**
 * K2: blends a fifth of the weighted neighbourhood into every cell.
 *
 * <p>It updates a copy in place, row by row: m = (1.25 × cell + sum of neighbours) / (1.25 + number of neighbours), then cell
 * = 0.20 × m + 0.80 × cell, in percent. Empty cells stay empty and do not count as neighbours; a cell without neighbours
 * keeps its value up to rounding.
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
