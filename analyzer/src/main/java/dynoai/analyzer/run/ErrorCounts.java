package dynoai.analyzer.run;

import dynoai.schemas.GridAxes;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.UnreadableRecord;

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

    /** Writes the counts of every cell that has any, and forgets them. */
    void drain(AvroOutput out) {
        for (int cell = 0; cell < cells.length; cell++) {
            if (cells[cell].distinct() > 0) {
                out.writeInt(cell);
                cells[cell].drain(out);
            }
        }
        out.writeInt(cells.length);
    }

    /** Adds what {@link #drain} wrote. */
    void addDrained(AvroInput in) throws UnreadableRecord {
        for (int cell = in.readCount(cells.length); cell < cells.length; cell = in.readCount(cells.length)) {
            cells[cell].addDrained(in);
        }
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
