package dynoai.schemas.wire;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.RowBlock;
import org.jspecify.annotations.Nullable;

/** Arrays for the columns of one block after the other: they stay in the processor's cache, which fresh ones never are. */
final class ColumnBuffers {
    private final long[] mantissas = new long[RowBlock.MAX_ROWS];
    private final double[] @Nullable [] values = new double[Channel.COUNT][];
    private int used;

    /** The next block's columns take the place of the last one's. */
    void rewind() {
        used = 0;
    }

    /** For one column at a time. */
    long[] mantissas() {
        return mantissas;
    }

    /** An array as long as the longest block; a hostile block may have more columns than there are channels. */
    double[] values() {
        if (used == values.length) {
            return new double[RowBlock.MAX_ROWS];
        }
        double[] next = values[used];
        if (next == null) {
            next = new double[RowBlock.MAX_ROWS];
            values[used] = next;
        }
        used++;
        return next;
    }
}
