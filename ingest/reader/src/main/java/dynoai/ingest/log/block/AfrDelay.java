package dynoai.ingest.log.block;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.LogClock;
import dynoai.schemas.log.RowBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the measured AFR of each row from the row whose time is nearest to the row's own plus a delay, of two equally near ones
 * from the later. Where the log ends before that time, the row has no measured AFR.
 *
 * <p>Blocks leave in order once all of their rows have their reading, so blocks of the length of the delay are held. Time is
 * that of a {@link LogClock}: it never runs backwards. Where it stands still, a row looks at most {@link #MAX_ROWS_AHEAD} rows
 * ahead, so that memory does not grow with the log.
 */
public final class AfrDelay implements BlockSink {
    static final int MAX_ROWS_AHEAD = 16_384;

    /** Tolerance for rounding: 0.1 + 0.2 is a little more than 0.3. */
    private static final double TIME_TOLERANCE = 1e-9;

    private static final List<Channel> SHIFTED =
            List.of(Channel.measuredAfr(Cylinder.FRONT), Channel.measuredAfr(Cylinder.REAR));

    private final double delaySeconds;
    private final BlockSink sink;
    private final LogClock clock = new LogClock();

    /** Blocks whose rows do not all have their reading. */
    private final List<HeldBlock> held = new ArrayList<>();

    /** The next row without a reading, in the first held block. */
    private int row;
    /** Where the reading of that row is looked for: a held block, a row in it, and the distance in rows. */
    private int ahead;

    private int aheadRow;
    private int distance;
    /** The row before that one; null if it is the row without a reading or an earlier one. */
    private @Nullable HeldBlock before;

    private int beforeRow;

    /** @param delaySeconds at least a millisecond */
    public AfrDelay(double delaySeconds, BlockSink sink) {
        this.delaySeconds = delaySeconds;
        this.sink = sink;
    }

    @Override
    public void block(RowBlock block) throws IOException {
        held.add(new HeldBlock(block, clock));
        deliver(false);
    }

    /** Delivers the rest after the last block. */
    public void end() throws IOException {
        deliver(true);
    }

    private void deliver(boolean ended) throws IOException {
        while (!held.isEmpty()) {
            HeldBlock first = held.get(0);
            while (row < first.count && takeReading(first, ended)) {
                row++;
                distance--;
            }
            if (row < first.count) {
                return;
            }
            sink.block(first.shifted());
            held.remove(0);
            row = 0;
            ahead--;
        }
    }

    /** Gives the row its reading and returns true, unless that needs more blocks. */
    private boolean takeReading(HeldBlock first, boolean ended) {
        double wanted = first.seconds[row] + delaySeconds;
        while (distance < MAX_ROWS_AHEAD && skipEndedBlocks()) {
            HeldBlock at = held.get(ahead);
            double seconds = at.seconds[aheadRow];
            if (seconds >= wanted - TIME_TOLERANCE) {
                if (before != null && wanted - before.seconds[beforeRow] < seconds - wanted - TIME_TOLERANCE) {
                    first.take(row, before, beforeRow);
                } else {
                    first.take(row, at, aheadRow);
                }
                return true;
            }
            before = at;
            beforeRow = aheadRow++;
            distance++;
        }
        return ended || distance >= MAX_ROWS_AHEAD;
    }

    /** Moves to the next held block if the rows of this one have ended; returns whether there is a row. */
    private boolean skipEndedBlocks() {
        while (ahead < held.size() && aheadRow == held.get(ahead).count) {
            ahead++;
            aheadRow = 0;
        }
        return ahead < held.size();
    }

    /** A copy of a block, since the producer reuses its memory, and the readings that its rows get. */
    private static final class HeldBlock {
        final int count;
        final double[] seconds;
        private final int unreadable;
        private final Column[] columns = new Column[Channel.COUNT];
        private final Readings[] readings = new Readings[SHIFTED.size()];

        HeldBlock(RowBlock block, LogClock clock) {
            count = block.count();
            unreadable = block.unreadable();
            for (int i = 0; i < columns.length; i++) {
                columns[i] = copy(block, i);
            }
            seconds = new double[count];
            double @Nullable [] time = block.values(Channel.TIME_SECONDS);
            for (int i = 0; i < count; i++) {
                seconds[i] = clock.advance(time == null ? Double.NaN : time[i]);
            }
            for (int i = 0; i < readings.length; i++) {
                readings[i] = new Readings(count);
            }
        }

        /** Copies a column, once for all channels that share it. */
        private @Nullable Column copy(RowBlock block, int channel) {
            Column column = block.column(Channel.of(channel));
            for (int earlier = 0; earlier < channel; earlier++) {
                if (column != null && block.column(Channel.of(earlier)) == column) {
                    return columns[earlier];
                }
            }
            return column == null ? null : copy(column, count);
        }

        private static Column copy(Column column, int count) {
            double[] values = Arrays.copyOf(column.values(), count);
            long[] decimals = column.decimals();
            return decimals == null ? Column.ofDoubles(values) : Column.of(Arrays.copyOf(decimals, count), values);
        }

        void take(int row, HeldBlock from, int fromRow) {
            for (int i = 0; i < readings.length; i++) {
                Column source = from.column(SHIFTED.get(i));
                if (source != null) {
                    readings[i].set(row, source, fromRow);
                }
            }
        }

        private @Nullable Column column(Channel channel) {
            return columns[channel.ordinal()];
        }

        /** Returns the block with the readings that its rows got. One wideband for both cylinders remains one column. */
        RowBlock shifted() {
            Column[] shifted = columns.clone();
            boolean shared = column(SHIFTED.get(0)) == column(SHIFTED.get(1));
            for (int i = 0; i < readings.length; i++) {
                int channel = SHIFTED.get(i).ordinal();
                if (columns[channel] != null) {
                    shifted[channel] = i > 0 && shared ? shifted[SHIFTED.get(0).ordinal()] : readings[i].column();
                }
            }
            return new RowBlock(count, unreadable, shifted);
        }
    }

    /** The readings of one channel, absent until they are set. */
    private static final class Readings {
        private final double[] values;
        private final long[] decimals;
        private boolean areDecimals = true;

        Readings(int count) {
            values = new double[count];
            decimals = new long[count];
            Arrays.fill(values, Double.NaN);
            Arrays.fill(decimals, Decimal.ABSENT);
        }

        void set(int row, Column source, int sourceRow) {
            values[row] = source.values()[sourceRow];
            long @Nullable [] from = source.decimals();
            if (from != null) {
                decimals[row] = from[sourceRow];
            } else if (!Double.isNaN(values[row])) {
                areDecimals = false;
            }
        }

        Column column() {
            return areDecimals ? Column.of(decimals, values) : Column.ofDoubles(values);
        }
    }
}
