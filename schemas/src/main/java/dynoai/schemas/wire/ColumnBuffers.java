package dynoai.schemas.wire;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.RowBlock;
import org.jspecify.annotations.Nullable;

/** Arrays that the columns of successive blocks reuse, so that they stay in the processor's cache. */
final class ColumnBuffers {
    private final double[] @Nullable [] values = new double[Channel.COUNT][];
    private int used;

    /** Lets the next block overwrite the columns of the last one. */
    void rewind() {
        used = 0;
    }

    /** Returns an array as long as the longest block. A forged block may have more columns than there are channels. */
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
