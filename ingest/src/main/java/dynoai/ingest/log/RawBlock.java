package dynoai.ingest.log;

import dynoai.schemas.Decimal;
import dynoai.schemas.RowBlock;
import java.util.Arrays;

/** Up to {@link RowBlock#MAX_ROWS} rows of the columns that are read, slot by slot, before any of SPEC's rules. */
final class RawBlock {
    /** Keeps a block small however many columns are read. */
    private static final int MOST_VALUES = 64 * RowBlock.MAX_ROWS;

    /** Keeps the columns from lying a power of two apart, where they would fight for the same lines of the cache. */
    private static final int SPREAD = 24;

    final int capacity;
    final long[][] decimals;
    final double[][] values;
    /** Slots in which a value of this block does not fit a {@link Decimal}. */
    final boolean[] wide;

    int rows;

    RawBlock(int slots) {
        capacity = Math.max(1, Math.min(RowBlock.MAX_ROWS, MOST_VALUES / Math.max(1, slots)));
        decimals = new long[slots][capacity + SPREAD];
        values = new double[slots][capacity + SPREAD];
        wide = new boolean[slots];
    }

    void clear() {
        rows = 0;
        Arrays.fill(wide, false);
    }

    void setAbsent(int slot, int row) {
        decimals[slot][row] = Decimal.ABSENT;
        values[slot][row] = Double.NaN;
    }

    void setWide(int slot, int row, double value) {
        wide[slot] = true;
        decimals[slot][row] = Decimal.ABSENT;
        values[slot][row] = value;
    }
}
