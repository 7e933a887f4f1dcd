package dynoai.schemas.wire;

import dynoai.schemas.log.RowBlock;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunStarted;

/** Encodes the records of an attempt in order and numbers its blocks and rows. Not thread-safe. */
public final class RunLogEncoder {
    private final int attempt;
    private final BinaryOutput out = new BinaryOutput(64 * 1024);
    private int blocks;
    private long rows;

    public RunLogEncoder(int attempt) {
        this.attempt = attempt;
    }

    public byte[] started(RunStarted run) {
        return encode(new RunLogRecord.Started(attempt, run));
    }

    public byte[] block(RowBlock block) {
        byte[] encoded = encode(new RunLogRecord.Block(attempt, blocks, rows + 1, block));
        blocks++;
        rows += block.count();
        return encoded;
    }

    /** Returns the end of the attempt, with the totals so far. */
    public byte[] ended(long rowsRead, long unreadable, String sha256) {
        return encode(new RunLogRecord.Ended(attempt, rowsRead, unreadable, blocks, sha256));
    }

    public byte[] abandoned(String reason) {
        return encode(new RunLogRecord.Abandoned(attempt, reason));
    }

    /** The number of encoded rows. */
    public long rows() {
        return rows;
    }

    private byte[] encode(RunLogRecord record) {
        WireFormat.RUN_LOG.encode(record, out.clear());
        return out.toByteArray();
    }
}
