package dynoai.analyzer.stream;

import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.UnreadableRecordException;

/** The values of the store {@code run-aggregate}: an active run, or a marker that a run ended. */
final class RunStateCodec {
    private static final int ENDED = 2;
    private static final int ACTIVE = 3;

    private RunStateCodec() {}

    /**
     * The beginning of every value.
     *
     * @param time when Kafka took the run's first record, or the one that ended it
     */
    record Header(boolean active, int attempt, long time) {}

    static void writeEnded(BinaryOutput out, int attempt, long time) {
        write(out, ENDED, attempt, time);
    }

    static void writeActive(BinaryOutput out, ActiveRun run) {
        write(out, ACTIVE, run.attempt(), run.startedAt());
        run.write(out);
    }

    private static void write(BinaryOutput out, int kind, int attempt, long time) {
        out.writeInt(kind);
        out.writeInt(attempt);
        out.writeLong(time);
    }

    static Header readHeader(BinaryInput in) throws UnreadableRecordException {
        int kind = in.readInt();
        if (kind != ACTIVE && kind != ENDED) {
            throw new UnreadableRecordException("run state of the unknown kind " + kind);
        }
        return new Header(kind == ACTIVE, in.readInt(), in.readLong());
    }

    /** Reads the rest of an active run. */
    static ActiveRun readActive(BinaryInput in, Header header, RunStarted started)
            throws UnreadableRecordException, InvalidOptionException {
        ActiveRun run = new ActiveRun(started, header.attempt(), header.time());
        run.restore(in);
        in.expectEnd();
        return run;
    }
}
