package dynoai.schemas.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive processed rows of one log, column by column. A channel the log does not have is null; two channels that
 * read the same column of the log share one {@link Column}.
 *
 * <p>A block is valid only until the method that received it returns; its arrays are reused for later rows.
 */
public final class RowBlock {
    /** Blocks are never longer than this. */
    public static final int MAX_ROWS = 1024;

    private final int count;
    private final int unreadable;
    private final Column[] columns;

    /**
     * @param count rows in this block that have rpm, kpa and torque
     * @param unreadable rows dropped since the previous block because they lack one of these
     * @param columns by channel ordinal
     */
    public RowBlock(int count, int unreadable, Column[] columns) {
        this.count = count;
        this.unreadable = unreadable;
        this.columns = Arrays.copyOf(columns, Channel.COUNT);
    }

    public int count() {
        return count;
    }

    public int unreadable() {
        return unreadable;
    }

    /** The channel's column, or null when the log has none. */
    public @Nullable Column column(Channel channel) {
        return columns[channel.ordinal()];
    }

    /** The channel's values, NaN where absent; null when the log has no such column. */
    public double @Nullable [] values(Channel channel) {
        Column column = columns[channel.ordinal()];
        return column == null ? null : column.values();
    }
}
