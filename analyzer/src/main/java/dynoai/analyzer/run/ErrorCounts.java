package dynoai.analyzer.run;

import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts each distinct AFR error of each cell, for the median absolute deviation. Numbers in logs have few digits, so there are
 * far fewer distinct errors than rows. With many digits, errors go to a temporary file when they exceed the memory limit; the
 * result is the same.
 */
final class ErrorCounts implements AutoCloseable {
    private static final int DEFAULT_LIMIT = 1 << 18;

    private final DistinctCounts[] cells = new DistinctCounts[GridAxes.CELLS];
    private int limit;
    private @Nullable ErrorSpill spill;
    private int held;

    ErrorCounts() {
        this(DEFAULT_LIMIT);
    }

    /** @param limit number of distinct errors in memory */
    ErrorCounts(int limit) {
        this.limit = limit;
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

    /** Moves the errors to the temporary file if they exceed the limit. */
    void limitMemory() {
        held = 0;
        for (DistinctCounts cell : cells) {
            held += cell.distinct();
        }
        if (held > limit) {
            spill();
        }
    }

    /** Returns the number of distinct errors in memory at the last call of {@link #limitMemory}. */
    int held() {
        return held;
    }

    private void spill() {
        try {
            if (spill == null) {
                spill = ErrorSpill.open();
            }
            spill.append(cells);
        } catch (IOException ignored) {
            // Without a temporary file they stay in memory.
            limit = Integer.MAX_VALUE;
            return;
        }
        for (DistinctCounts cell : cells) {
            cell.clear();
        }
    }

    /** Writes the counts of every cell and clears them. */
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

    /** Adds counts that {@link #drain} wrote. */
    void addDrained(BinaryInput in) throws UnreadableRecordException {
        for (int cell = in.readCount(cells.length); cell < cells.length; cell = in.readCount(cells.length)) {
            cells[cell].addDrained(in);
        }
    }

    /** Returns the median absolute deviation per cell, of these errors and the pairs; NaN for an empty cell. */
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

    /** Deletes the temporary file. */
    @Override
    public void close() {
        if (spill != null) {
            spill.close();
            spill = null;
        }
    }
}
