package dynoai.analyzer.run;

import dynoai.schemas.GridAxes;

/**
 * How often each distinct AFR error occurred in each cell: what the median absolute deviation needs. A log's cells have
 * few digits, so there are far fewer distinct errors than rows.
 */
final class ErrorCounts {
    private final DistinctCounts[] cells = new DistinctCounts[GridAxes.CELLS];

    ErrorCounts() {
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = new DistinctCounts();
        }
    }

    void add(int cell, double err) {
        cells[cell].add(err, 1);
    }

    DistinctCounts of(int cell) {
        return cells[cell];
    }

    /** Median absolute deviation per cell; NaN where nothing was accepted. */
    double[] mad() {
        double[] mad = new double[cells.length];
        for (int cell = 0; cell < cells.length; cell++) {
            mad[cell] = cells[cell].medianAbsoluteDeviation();
        }
        return mad;
    }
}
