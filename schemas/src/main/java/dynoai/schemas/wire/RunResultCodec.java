package dynoai.schemas.wire;

import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;

/** The result of a run. */
final class RunResultCodec implements Codec<RunResult> {
    @Override
    public void write(AvroOutput out, RunResult result) {
        out.writeString(result.key().runId());
        out.writeString(result.key().shop());
        out.writeString(result.cell());
        out.writeInt(result.attempt());
        out.writeString(result.fileName());
        out.writeString(result.inputSha256());
        out.writeBoolean(result.ok());
        out.writeString(result.lastStage());
        out.writeString(result.code());
        out.writeString(result.message());
        out.writeString(result.folder());
        out.writeString(result.fingerprint());
        out.writeString(result.mathVersion());
        out.writeLong(result.rowsRead());
        out.writeInt(result.binsCovered());
        out.writeLong(result.frontAccepted());
        out.writeLong(result.rearAccepted());
        out.writeLong(result.ingestedAtMillis());
        out.writeLong(result.completedAtMillis());
    }

    @Override
    public RunResult read(AvroInput in) throws UnreadableRecordException {
        RunKey key = RunStartedCodec.readKeyRunFirst(in);
        return new RunResult(
                key,
                in.readString(),
                in.readInt(),
                in.readString(),
                in.readString(),
                in.readBoolean(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }
}
