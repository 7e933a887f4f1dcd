package dynoai.schemas.wire;

import dynoai.schemas.record.LedgerEntry;

/** An entry of the ledger. */
final class LedgerCodec implements Codec<LedgerEntry> {
    private static final int RUN = 0;
    private static final int OWNER = 1;

    @Override
    public void write(AvroOutput out, LedgerEntry entry) {
        if (entry instanceof LedgerEntry.Run run) {
            out.writeInt(RUN);
            out.writeString(run.identity());
            out.writeString(run.shop());
            out.writeString(run.sha256());
            out.writeTexts(run.options());
            out.writeTexts(run.optionFiles());
            out.writeString(run.runId());
            out.writeInt(run.attempt());
            out.writeString(run.fileName());
            out.writeLong(run.ingestedAtMillis());
        } else if (entry instanceof LedgerEntry.RootOwner owner) {
            out.writeInt(OWNER);
            out.writeString(owner.rootId());
            out.writeString(owner.node());
            out.writeLong(owner.generation());
            out.writeLong(owner.sinceMillis());
        }
    }

    @Override
    public LedgerEntry read(AvroInput in) throws UnreadableRecordException {
        if (in.readCount(OWNER) == OWNER) {
            return new LedgerEntry.RootOwner(in.readString(), in.readString(), in.readLong(), in.readLong());
        }
        return new LedgerEntry.Run(
                in.readString(),
                in.readString(),
                in.readString(),
                in.readTexts(),
                in.readTexts(),
                in.readString(),
                in.readInt(),
                in.readString(),
                in.readLong());
    }
}
