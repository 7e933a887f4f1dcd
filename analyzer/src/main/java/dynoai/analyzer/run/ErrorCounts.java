package dynoai.analyzer.run;

import dynoai.schemas.GridAxes;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.UnreadableRecord;
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
        int held = 0;
        for (DistinctCounts cell : cells) {
            held += cell.distinct();
        }
        if (held > heldAtMost) {
            spill();
        }
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
    void drain(AvroOutput out) {
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
            mad[cell] = spill == null || spill.total(cell) == 0
                    ? cells[cell].medianAbsoluteDeviation()
                    : selected(cells[cell], spill, cell);
        }
        return mad;
    }

    private static double selected(DistinctCounts held, ErrorSpill spill, int cell) {
        return SelectedDeviation.of(
                visitor -> {
                    spill.forEach(cell, visitor);
                    held.forEach(visitor);
                },
                spill.total(cell) + held.total());
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
