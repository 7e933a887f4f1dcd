package dynoai.schemas.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive processed rows of a log in columnar form. A channel that the log lacks is null. Two channels that read the same
 * column of the log share one {@link Column}.
 *
 * <p>A block is valid until the consumer returns; its arrays are reused for later rows.
 */
public final class RowBlock {
    public static final int MAX_ROWS = 1024;

    private final int count;
    private final int unreadable;
    private final Column[] columns;

    /**
     * @param count rows in this block
     * @param unreadable unreadable rows since the previous block
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

    /** Returns the column of a channel, or null if the log has none. */
    public @Nullable Column column(Channel channel) {
        return columns[channel.ordinal()];
    }

    /** Returns the values of a channel, NaN where absent, or null if the log has no such column. */
    public double @Nullable [] values(Channel channel) {
        Column column = columns[channel.ordinal()];
        return column == null ? null : column.values();
    }
}
