package dynoai.analyzer.stream;

import dynoai.analyzer.run.AggregateState;
import dynoai.analyzer.run.RunAggregate;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import org.jspecify.annotations.Nullable;

/** The current attempt at a run: what was folded so far, and how much of it is in the stores. */
final class ActiveRun {
    private final RunStarted started;
    private final int attempt;
    private final long startedAt;
    private final RunAggregate aggregate;
    private final AggregateState state;
    private int blocks;
    private long rows;
    private long unreadable;
    private int windows;
    private int portions;
    private byte @Nullable [] unsavedStart;

    /** @param startedAt when Kafka took the run's first record */
    ActiveRun(RunStarted started, int attempt, long startedAt) throws InvalidOptionException {
        this.started = started;
        this.attempt = attempt;
        this.startedAt = startedAt;
        this.aggregate = new RunAggregate(started.description(), started.analysisOptions());
        this.state = new AggregateState(aggregate);
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

    RunAggregate aggregate() {
        return aggregate;
    }

    AggregateState state() {
        return state;
    }

    /** Blocks folded so far; the ordinal of the next one. */
    int blocks() {
        return blocks;
    }

    long rows() {
        return rows;
    }

    /** Unreadable rows that the blocks reported so far. */
    long unreadable() {
        return unreadable;
    }

    /** Closed windows in their store. */
    int windows() {
        return windows;
    }

    void countWindow() {
        windows++;
    }

    /** Portions of AFR errors in their store. */
    int portions() {
        return portions;
    }

    void countPortion() {
        portions++;
    }

    /** Marks the attempt as new, with the record that started it. */
    void beganWith(byte[] start) {
        unsavedStart = start;
    }

    /** Whether anything of this attempt is in the stores. */
    boolean isSaved() {
        return unsavedStart == null;
    }

    /** Returns the record that started the attempt if it is not in the store yet, and marks it as saved. */
    byte @Nullable [] takeUnsavedStart() {
        byte[] taken = unsavedStart;
        unsavedStart = null;
        return taken;
    }

    void fold(RowBlock block) {
        aggregate.fold(block);
        blocks++;
        rows += block.count();
        unreadable += block.unreadable();
    }

    /** Writes the counts and sums; see {@link RunStateCodec} for what comes before. */
    void write(BinaryOutput out) {
        out.writeInt(blocks);
        out.writeLong(rows);
        out.writeLong(unreadable);
        out.writeInt(windows);
        out.writeInt(portions);
        state.write(out);
    }

    void restore(BinaryInput in) throws UnreadableRecordException {
        blocks = in.readInt();
        rows = in.readLong();
        unreadable = in.readLong();
        windows = in.readInt();
        portions = in.readInt();
        state.restore(in);
    }
}
