package dynoai.analyzer.stream;

import dynoai.analyzer.run.RunAggregate;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import org.jspecify.annotations.Nullable;

/** An attempt at a run that is under way: what came so far, what must come next, and how much of it is in the stores. */
final class ActiveRun {
    /** The errors of each block were a portion, as up to 1.0.0; their number was not written. */
    private static final int BLOCK_BY_BLOCK = 1;

    private static final int IN_PORTIONS = 3;

    private final RunStarted started;
    private final int attempt;
    private final long startedAt;
    private final RunAggregate aggregate;
    private int blocks;
    private long rows;
    private long unreadable;
    private int windows;
    private int portions;
    private byte @Nullable [] unsavedStart;

    /** @param startedAt the time at which Kafka took the run's first record */
    ActiveRun(RunStarted started, int attempt, long startedAt) throws InvalidOptionException {
        this.started = started;
        this.attempt = attempt;
        this.startedAt = startedAt;
        this.aggregate = new RunAggregate(started.description(), started.analysisOptions());
    }

    RunStarted started() {
        return started;
    }

    int attempt() {
        return attempt;
    }

    long startedAt() {
        return startedAt;
    }

    /** Blocks folded so far; the ordinal of the next one. */
    int blocks() {
        return blocks;
    }

    /** Rows folded so far. */
    long rows() {
        return rows;
    }

    /** Unreadable rows told of by the blocks so far. */
    long unreadable() {
        return unreadable;
    }

    /** Windows of the timeline that were closed and put into their store. */
    int windows() {
        return windows;
    }

    /** Portions of its errors that were put into their store. */
    int portions() {
        return portions;
    }

    void countPortion() {
        portions++;
    }

    /** An attempt that just began, with the record that started it. */
    void beganWith(byte[] start) {
        unsavedStart = start;
    }

    /** Whether the stores know anything of this attempt. */
    boolean isSaved() {
        return unsavedStart == null;
    }

    /** The record that started the attempt, if it is not in the store yet; from now on it counts as being there. */
    byte @Nullable [] takeUnsavedStart() {
        byte[] taken = unsavedStart;
        unsavedStart = null;
        return taken;
    }

    RunAggregate aggregate() {
        return aggregate;
    }

    void fold(RowBlock block) {
        aggregate.fold(block);
        blocks++;
        rows += block.count();
        unreadable += block.unreadable();
    }

    void countWindows(int closed) {
        windows += closed;
    }

    void write(AvroOutput out) {
        out.writeInt(IN_PORTIONS);
        out.writeInt(attempt);
        out.writeLong(startedAt);
        out.writeInt(blocks);
        out.writeLong(rows);
        out.writeLong(unreadable);
        out.writeInt(windows);
        out.writeInt(portions);
        aggregate.write(out);
    }

    static ActiveRun read(AvroInput in, RunStarted started) throws UnreadableRecordException, InvalidOptionException {
        int kind = in.readInt();
        if (kind != IN_PORTIONS && kind != BLOCK_BY_BLOCK) {
            throw new UnreadableRecordException("a run's state of kind " + kind);
        }
        ActiveRun run = new ActiveRun(started, in.readInt(), in.readLong());
        run.blocks = in.readInt();
        run.rows = in.readLong();
        run.unreadable = in.readLong();
        run.windows = in.readInt();
        run.portions = kind == BLOCK_BY_BLOCK ? run.blocks : in.readInt();
        run.aggregate.restore(in);
        in.expectEnd();
        return run;
    }
}
