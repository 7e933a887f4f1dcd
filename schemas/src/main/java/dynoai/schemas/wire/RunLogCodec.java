package dynoai.schemas.wire;

import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunStarted;

/** Codes records of the run log, a union in the order of its schema. */
final class RunLogCodec implements Codec<RunLogRecord> {
    private static final int STARTED = 0;
    private static final int BLOCK = 1;
    private static final int ENDED = 2;
    private static final int ABANDONED = 3;

    private final Codec<RunStarted> starts = new RecordCodec<>(RunStarted.class, WireFormat.RUN_STARTED);

    @Override
    public void write(BinaryOutput out, RunLogRecord record) {
        out.writeInt(record.attempt());
        if (record instanceof RunLogRecord.Block block) {
            out.writeInt(BLOCK);
            RowBlockCodec.write(out, block);
        } else if (record instanceof RunLogRecord.Started started) {
            out.writeInt(STARTED);
            starts.write(out, started.run());
        } else if (record instanceof RunLogRecord.Ended ended) {
            out.writeInt(ENDED);
            out.writeLong(ended.rowsRead());
            out.writeLong(ended.unreadable());
            out.writeInt(ended.blocks());
            out.writeString(ended.sha256());
        } else if (record instanceof RunLogRecord.Abandoned abandoned) {
            out.writeInt(ABANDONED);
            out.writeString(abandoned.reason());
        }
    }

    @Override
    public RunLogRecord read(BinaryInput in) throws UnreadableRecordException {
        int attempt = in.readCount(Integer.MAX_VALUE);
        switch (in.readCount(ABANDONED)) {
            case STARTED:
                return new RunLogRecord.Started(attempt, starts.read(in));
            case BLOCK:
                return RowBlockCodec.read(in, attempt);
            case ENDED:
                return new RunLogRecord.Ended(attempt, in.readLong(), in.readLong(), in.readInt(), in.readString());
            default:
                return new RunLogRecord.Abandoned(attempt, in.readString());
        }
    }
}
