package dynoai.schemas.wire;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.record.RunLogRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Codes row blocks: each column once, with the channels that share it. Decimals are written as the differences of integers at
 * one scale for the column, so that a row has few bytes.
 */
final class RowBlockCodec {
    private static final int DECIMALS = 0;
    private static final int DOUBLES = 1;
    private static final long[] NOT_KEPT = {};
    private static final Map<String, Channel> CHANNELS = channels();

    private RowBlockCodec() {}

    static void write(BinaryOutput out, RunLogRecord.Block block) {
        RowBlock rows = block.rows();
        out.writeInt(block.ordinal());
        out.writeLong(block.firstRow());
        out.writeInt(rows.count());
        out.writeInt(rows.unreadable());
        Column[] columns = new Column[Channel.COUNT];
        int distinct = 0;
        for (int i = 0; i < Channel.COUNT; i++) {
            Column column = rows.column(Channel.of(i));
            if (column != null && firstUse(rows, column) == i) {
                columns[distinct++] = column;
            }
        }
        if (distinct > 0) {
            out.writeLong(distinct);
            UniformDecimals uniform = new UniformDecimals();
            for (int i = 0; i < distinct; i++) {
                writeChannels(out, rows, columns[i]);
                writeCells(out, columns[i], rows.count(), uniform);
            }
        }
        out.writeLong(0);
    }

    private static int firstUse(RowBlock rows, Column column) {
        for (int i = 0; i < Channel.COUNT; i++) {
            if (rows.column(Channel.of(i)) == column) {
                return i;
            }
        }
        return -1;
    }

    private static void writeChannels(BinaryOutput out, RowBlock rows, Column column) {
        int users = 0;
        for (int i = 0; i < Channel.COUNT; i++) {
            users += rows.column(Channel.of(i)) == column ? 1 : 0;
        }
        out.writeLong(users);
        for (int i = 0; i < Channel.COUNT; i++) {
            if (rows.column(Channel.of(i)) == column) {
                out.writeString(Channel.of(i).key());
            }
        }
        out.writeLong(0);
    }

    private static void writeCells(BinaryOutput out, Column column, int count, UniformDecimals uniform) {
        long[] decimals = column.decimals();
        if (decimals != null && uniform.fit(decimals, count)) {
            out.writeInt(DECIMALS);
            out.writeInt(uniform.scale());
            out.writeBytes(uniform.absent());
            out.writeDeltas(uniform.mantissas(), count);
        } else {
            out.writeInt(DOUBLES);
            out.writeDoubles(column.values(), count);
        }
    }

    static RunLogRecord.Block read(BinaryInput in, int attempt) throws UnreadableRecordException {
        int ordinal = in.readCount(Integer.MAX_VALUE);
        long firstRow = in.readLong();
        int count = in.readCount(RowBlock.MAX_ROWS);
        int unreadable = in.readCount(Integer.MAX_VALUE);
        Column[] columns = new Column[Channel.COUNT];
        for (int items = in.readItems(); items > 0; items = in.readItems()) {
            for (int i = 0; i < items; i++) {
                int users = readChannels(in);
                Column column = readCells(in, count);
                for (int channel = 0; channel < Channel.COUNT; channel++) {
                    if ((users & 1 << channel) != 0) {
                        columns[channel] = column;
                    }
                }
            }
        }
        return new RunLogRecord.Block(attempt, ordinal, firstRow, new RowBlock(count, unreadable, columns));
    }

    /** Returns a bit per channel. Channels of newer versions are ignored. */
    private static int readChannels(BinaryInput in) throws UnreadableRecordException {
        int users = 0;
        for (int items = in.readItems(); items > 0; items = in.readItems()) {
            for (int i = 0; i < items; i++) {
                Channel channel = CHANNELS.get(in.readString());
                users |= channel == null ? 0 : 1 << channel.ordinal();
            }
        }
        return users;
    }

    private static Column readCells(BinaryInput in, int count) throws UnreadableRecordException {
        ColumnBuffers buffers = in.buffers();
        if (in.readCount(DOUBLES) == DOUBLES) {
            double[] values = valuesOf(count, buffers);
            in.readDoubles(values, count);
            return Column.ofDoubles(values);
        }
        int scale = in.readCount(Decimal.MAX_SCALE);
        byte[] absent = in.readBytes();
        double[] values = valuesOf(count, buffers);
        if (!in.readDeltas(values, count)) {
            throw new UnreadableRecordException("a mantissa beyond 2^53 before byte " + in.position());
        }
        long[] mantissas = buffers == null ? mantissas(values) : NOT_KEPT;
        // A loop of its own, because the processor divides several numbers at once.
        double power = Decimal.powerOfTen(scale);
        for (int i = 0; i < count && scale > 0; i++) {
            values[i] /= power;
        }
        for (int i = 0; i < count && i >> 3 < absent.length; i++) {
            if ((absent[i >> 3] & 1 << (i & 7)) != 0) {
                values[i] = Double.NaN;
            }
        }
        return buffers == null ? Column.ofMantissas(mantissas, scale, values) : Column.ofDoubles(values);
    }

    private static long[] mantissas(double[] values) {
        long[] mantissas = new long[values.length];
        for (int i = 0; i < mantissas.length; i++) {
            mantissas[i] = (long) values[i];
        }
        return mantissas;
    }

    private static double[] valuesOf(int count, @Nullable ColumnBuffers buffers) {
        return buffers == null ? new double[count] : buffers.values();
    }

    private static Map<String, Channel> channels() {
        Map<String, Channel> channels = new HashMap<>();
        for (Channel channel : Channel.values()) {
            channels.put(channel.key(), channel);
        }
        return channels;
    }
}
