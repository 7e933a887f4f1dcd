package dynoai.schemas.wire;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunStarted;

/** The start of a run, which the run log and the outcome share. */
final class RunStartedCodec {
    private RunStartedCodec() {}

    static void write(AvroOutput out, RunStarted run) {
        out.writeString(run.runId());
        out.writeString(run.shop());
        out.writeString(run.cell());
        out.writeString(run.fileName());
        out.writeString(run.originalPath());
        out.writeString(run.sha256());
        out.writeLong(run.sizeBytes());
        writeDescription(out, run.description());
        out.writeTexts(run.options());
        out.writeTexts(run.optionFiles());
        out.writeLong(run.ingestedAtMillis());
    }

    static RunStarted read(AvroInput in) throws UnreadableRecordException {
        RunKey key = readKeyRunFirst(in);
        return new RunStarted(
                key.runId(),
                key.shop(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readLong(),
                readDescription(in),
                in.readTexts(),
                in.readTexts(),
                in.readLong());
    }

    /** A run id, then its shop. */
    static RunKey readKeyRunFirst(AvroInput in) throws UnreadableRecordException {
        String runId = in.readString();
        return new RunKey(in.readString(), runId);
    }

    private static void writeDescription(AvroOutput out, LogDescription log) {
        out.writeString(log.format().key());
        out.writeString(log.encoding());
        out.writeString(log.delimiter());
        out.writeList(log.headers(), AvroOutput::writeString);
        out.writeList(log.sources(), (o, source) -> {
            o.writeString(source.channel().key());
            o.writeString(source.role());
            o.writeString(source.header());
        });
        out.writeBoolean(log.frontAfr());
        out.writeBoolean(log.rearAfr());
        out.writeBoolean(log.oneWidebandForBoth());
        out.writeList(log.conversions(), AvroOutput::writeString);
        out.writeList(log.notes(), AvroOutput::writeString);
    }

    private static LogDescription readDescription(AvroInput in) throws UnreadableRecordException {
        return new LogDescription(
                format(in.readString()),
                in.readString(),
                in.readString(),
                in.readList(AvroInput::readString),
                in.readList(i -> new LogDescription.Source(channel(i.readString()), i.readString(), i.readString())),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                in.readList(AvroInput::readString),
                in.readList(AvroInput::readString));
    }

    private static LogFormat format(String key) {
        for (LogFormat format : LogFormat.values()) {
            if (format.key().equals(key)) {
                return format;
            }
        }
        throw new IllegalArgumentException("unknown log format '" + key + "'");
    }

    private static Channel channel(String key) {
        for (Channel channel : Channel.values()) {
            if (channel.key().equals(key)) {
                return channel;
            }
        }
        throw new IllegalArgumentException("unknown channel '" + key + "'");
    }
}
