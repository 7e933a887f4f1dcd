package dynoai.analyzer.stream;

import dynoai.analyzer.run.RunAggregate;
import dynoai.schemas.OptionRefused;
import dynoai.schemas.RowBlock;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.UnreadableRecord;

/** An attempt at a run that is under way: what came so far, and what must come next. */
final class LiveRun {
    private final RunStarted started;
    private final int attempt;
    private final long startedAt;
    private final RunAggregate aggregate;
    private int blocks;
    private long rows;
    private long unreadable;
    private int windows;

    /** @param startedAt the time at which Kafka took the run's first record */
    LiveRun(RunStarted started, int attempt, long startedAt) throws OptionRefused {
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
        out.writeInt(attempt);
        out.writeLong(startedAt);
        out.writeInt(blocks);
        out.writeLong(rows);
        out.writeLong(unreadable);
        out.writeInt(windows);
        aggregate.write(out);
    }

    static LiveRun read(AvroInput in, RunStarted started) throws UnreadableRecord, OptionRefused {
        LiveRun run = new LiveRun(started, in.readInt(), in.readLong());
        run.blocks = in.readInt();
        run.rows = in.readLong();
        run.unreadable = in.readLong();
        run.windows = in.readInt();
        run.aggregate.restore(in);
        in.expectEnd();
        return run;
    }
}
