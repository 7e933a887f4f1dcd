package dynoai.analyzer.run;

import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How often each distinct AFR error occurred in each cell: what the median absolute deviation needs. A log's cells have
 * few digits, so there are far fewer distinct errors than rows. Where they have many, the errors go to a temporary file from
 * time to time, so that memory does not grow with the log; the result is the same.
 */
final class ErrorCounts implements AutoCloseable {
    private static final int HELD_AT_MOST = 1 << 18;

    private final DistinctCounts[] cells = new DistinctCounts[GridAxes.CELLS];
    private int heldAtMost;
    private @Nullable ErrorSpill spill;
    private int held;

    ErrorCounts() {
        this(HELD_AT_MOST);
    }

    /** @param heldAtMost how many distinct errors may stay in memory */
    ErrorCounts(int heldAtMost) {
        this.heldAtMost = heldAtMost;
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

    /** Moves the errors out of memory when they are too many. */
    void limitMemory() {
        held = 0;
        for (DistinctCounts cell : cells) {
            held += cell.distinct();
        }
        if (held > heldAtMost) {
            spill();
        }
    }

    /** How many distinct errors were in memory when that was last limited. */
    int held() {
        return held;
    }

    private void spill() {
        try {
            if (spill == null) {
                spill = ErrorSpill.open();
            }
            spill.append(cells);
        } catch (IOException noRoom) {
            // Then memory must do.
            heldAtMost = Integer.MAX_VALUE;
            return;
        }
        for (DistinctCounts cell : cells) {
            cell.clear();
        }
    }

    /** Writes the counts of every cell that has any, and forgets them. */
    void drain(BinaryOutput out) {
        if (spill != null) {
            spill.drain(out);
            close();
        }
        for (int cell = 0; cell < cells.length; cell++) {
            if (cells[cell].distinct() > 0) {
                out.writeInt(cell);
                cells[cell].drain(out);
            }
        }
        out.writeInt(cells.length);
        held = 0;
    }

    /** Adds what {@link #drain} wrote. */
    void addDrained(BinaryInput in) throws UnreadableRecordException {
        for (int cell = in.readCount(cells.length); cell < cells.length; cell = in.readCount(cells.length)) {
            cells[cell].addDrained(in);
        }
    }

    /** Median absolute deviation per cell, of the errors here and of the pairs; NaN where nothing was accepted. */
    double[] mad(AfrPairs pairs) {
        double[] mad = new double[cells.length];
        SortedErrors sorted = new SortedErrors();
        for (int cell = 0; cell < cells.length; cell++) {
            if (spill != null && spill.total(cell) > 0) {
                mad[cell] = selected(pairs, spill, cell);
            } else {
                sorted.clear();
                pairs.addTo(sorted, cell);
                cells[cell].addTo(sorted);
                mad[cell] = sorted.medianAbsoluteDeviation();
            }
        }
        return mad;
    }

    private double selected(AfrPairs pairs, ErrorSpill spilled, int cell) {
        DistinctCounts held = cells[cell];
        return SelectedDeviation.of(
                visitor -> {
                    spilled.forEach(cell, visitor);
                    held.forEach(visitor);
                    pairs.forEach(cell, visitor);
                },
                spilled.total(cell) + held.total() + pairs.total(cell));
    }

    /** Gives the temporary file up; what was in it is lost. */
    @Override
    public void close() {
        if (spill != null) {
            spill.close();
            spill = null;
        }
    }
}
