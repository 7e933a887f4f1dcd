package dynoai.schemas.wire;

import dynoai.schemas.log.Channel;
import dynoai.schemas.record.LogRow;

/** Codes plain rows, whose schema has a nullable field per channel, in the order of {@link Channel}. */
final class LogRowCodec implements Codec<LogRow> {
    @Override
    public void write(BinaryOutput out, LogRow row) {
        out.writeInt(row.attempt());
        out.writeLong(row.row());
        for (int i = 0; i < Channel.COUNT; i++) {
            double cell = row.cell(Channel.of(i));
            out.writeInt(Double.isNaN(cell) ? 0 : 1);
            if (!Double.isNaN(cell)) {
                out.writeDouble(cell);
            }
        }
    }

    @Override
    public LogRow read(BinaryInput in) throws UnreadableRecordException {
        int attempt = in.readInt();
        long row = in.readLong();
        double[] cells = new double[Channel.COUNT];
        for (int i = 0; i < Channel.COUNT; i++) {
            cells[i] = in.readCount(1) == 0 ? Double.NaN : in.readDouble();
        }
        return new LogRow(attempt, row, cells);
    }
}
