package dynoai.schemas.wire;

import dynoai.schemas.log.RowBlock;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunStarted;

/** Encodes the records of one attempt at a run in order, numbering its blocks and rows. Not for several threads. */
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

    /** The end of what was encoded so far. */
    public byte[] ended(long rowsRead, long unreadable, String sha256) {
        return encode(new RunLogRecord.Ended(attempt, rowsRead, unreadable, blocks, sha256));
    }

    public byte[] abandoned(String reason) {
        return encode(new RunLogRecord.Abandoned(attempt, reason));
    }

    /** Processed rows encoded so far. */
    public long rows() {
        return rows;
    }

    private byte[] encode(RunLogRecord record) {
        WireFormat.RUN_LOG.encode(record, out.clear());
        return out.toByteArray();
    }
}
