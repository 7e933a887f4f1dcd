package dynoai.schemas.wire;

import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.run.FailureCode;
import java.util.Optional;

/** Codes analysis outcomes. */
final class RunOutcomeCodec implements Codec<RunOutcome> {
    private final Codec<RunStarted> starts = new RecordCodec<>(RunStarted.class, WireFormat.RUN_STARTED);
    private static final int GRIDS = 0;
    private static final int FAILED = 1;

    @Override
    public void write(BinaryOutput out, RunOutcome outcome) {
        out.writeString(outcome.key().runId());
        out.writeString(outcome.key().shop());
        out.writeInt(outcome.attempt());
        if (outcome instanceof RunOutcome.Completed completed) {
            writeStarted(out, Optional.of(completed.started()));
            out.writeInt(GRIDS);
            RunGridsCodec.write(out, completed.grids());
        } else if (outcome instanceof RunOutcome.Failed failed) {
            writeStarted(out, failed.started());
            out.writeInt(FAILED);
            out.writeString(failed.code().name());
            out.writeString(failed.message());
            out.writeInt(failed.partition());
            out.writeLong(failed.offset());
        }
    }

    @Override
    public RunOutcome read(BinaryInput in) throws UnreadableRecordException {
        RunKey key = readKey(in);
        int attempt = in.readInt();
        Optional<RunStarted> started = in.readCount(1) == 0 ? Optional.empty() : Optional.of(starts.read(in));
        if (in.readCount(FAILED) == FAILED) {
            return new RunOutcome.Failed(
                    key,
                    attempt,
                    started,
                    FailureCode.ofName(in.readString()),
                    in.readString(),
                    in.readInt(),
                    in.readLong());
        }
        return new RunOutcome.Completed(
                key,
                attempt,
                started.orElseThrow(() -> new UnreadableRecordException("grids of a run without a start")),
                RunGridsCodec.read(in));
    }

    private static RunKey readKey(BinaryInput in) throws UnreadableRecordException {
        String runId = in.readString();
        return new RunKey(in.readString(), runId);
    }

    private void writeStarted(BinaryOutput out, Optional<RunStarted> started) {
        out.writeInt(started.isPresent() ? 1 : 0);
        started.ifPresent(run -> starts.write(out, run));
    }
}
