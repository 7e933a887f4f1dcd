package dynoai.analyzer.run;

import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.List;

/**
 * A {@link RunAggregate} as bytes, so that a run continues in another process bit for bit. The sums are a few kilobytes
 * whatever the length of the run; AFR errors and closed windows grow with it and are taken out in portions. The format is
 * private: numbers in Avro's encoding, without a schema.
 */
public final class AggregateState {
    /** Begins the sums. A run with sums of another version fails and is sent again. */
    private static final int VERSION = 3;

    private final RunAggregate run;

    public AggregateState(RunAggregate run) {
        this.run = run;
    }

    /** Returns how many distinct AFR errors {@link #takeErrors} would append, a dozen bytes each at most. */
    public int distinctErrors() {
        return run.front.distinctErrors() + run.rear.distinctErrors();
    }

    /** Appends the distinct AFR errors since the last call and removes them from the aggregate. */
    public void takeErrors(BinaryOutput out) {
        run.front.drainErrors(out);
        run.rear.drainErrors(out);
    }

    /** Adds errors that were taken before, in any order. */
    public void addErrors(BinaryInput in) throws UnreadableRecordException {
        run.front.addDrainedErrors(in);
        run.rear.addDrainedErrors(in);
    }

    /** Removes the windows closed since the last call from the aggregate and returns them. */
    public List<TimelineWindow> takeClosedWindows() {
        return run.timeline.takeClosed();
    }

    /** Appends everything but the errors and the closed windows. */
    public void write(BinaryOutput out) {
        try {
            exchange(StateExchange.writing(out));
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads what {@link #write} wrote, into an aggregate of the same description and options. */
    public void restore(BinaryInput in) throws UnreadableRecordException {
        exchange(StateExchange.reading(in));
    }

    private void exchange(StateExchange state) throws UnreadableRecordException {
        int version = state.next(VERSION, Integer.MAX_VALUE);
        if (version != VERSION) {
            throw new UnreadableRecordException("run state of version " + version + ", expected " + VERSION);
        }
        run.point.exchange(state);
        if (run.filters != null) {
            run.filters.exchange(state);
        }
        run.front.sums.exchange(state);
        run.rear.sums.exchange(state);
        run.battery.exchange(state);
        run.timeline.exchange(state);
        if (run.balance != null) {
            run.balance.exchange(state);
        }
        if (run.decel != null) {
            run.decel.exchange(state);
        }
    }
}
