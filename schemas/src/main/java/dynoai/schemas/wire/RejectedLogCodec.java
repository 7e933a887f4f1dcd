package dynoai.schemas.wire;

import dynoai.schemas.record.RejectedLog;

/** A rejected log. */
final class RejectedLogCodec implements Codec<RejectedLog> {
    @Override
    public void write(AvroOutput out, RejectedLog log) {
        out.writeString(log.shop());
        out.writeString(log.cell());
        out.writeString(log.fileName());
        out.writeString(log.originalPath());
        out.writeString(log.sha256());
        out.writeLong(log.sizeBytes());
        out.writeString(log.code());
        out.writeLong(log.line());
        out.writeString(log.column());
        out.writeString(log.found());
        out.writeString(log.accepted());
        out.writeString(log.message());
        out.writeString(log.hint());
        out.writeLong(log.rejectedAtMillis());
        out.writeString(log.runId());
    }

    @Override
    public RejectedLog read(AvroInput in) throws UnreadableRecordException {
        return new RejectedLog(
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readLong(),
                in.readString(),
                in.readLong(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readLong(),
                in.readString());
    }
}
