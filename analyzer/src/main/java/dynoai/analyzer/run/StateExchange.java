package dynoai.analyzer.run;

import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.log.LogClock;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.function.IntPredicate;

/** Writes fields or reads them back, in one order: {@code field = state.next(field)} does either. */
interface StateExchange {
    long next(long value) throws UnreadableRecordException;

    double next(double value) throws UnreadableRecordException;

    /** A number from 0 to a maximum. */
    int next(int value, int max) throws UnreadableRecordException;

    default void exchange(LogClock clock) throws UnreadableRecordException {
        LogClock.State state = clock.state();
        clock.restore(new LogClock.State(
                next(state.lastRaw()),
                next(state.offset()),
                next(state.now()),
                next(state.anchor()),
                next(state.counted())));
    }

    /** Returns the next cell in use after the given one, or {@link GridAxes#CELLS}; other cells have no bytes. */
    default int nextCell(int after, IntPredicate isUsed) throws UnreadableRecordException {
        int cell = after + 1;
        while (cell < GridAxes.CELLS && !isUsed.test(cell)) {
            cell++;
        }
        return next(cell, GridAxes.CELLS);
    }

    static StateExchange writing(BinaryOutput out) {
        return new StateExchange() {
            @Override
            public long next(long value) {
                out.writeLong(value);
                return value;
            }

            @Override
            public double next(double value) {
                out.writeDouble(value);
                return value;
            }

            @Override
            public int next(int value, int max) {
                out.writeInt(value);
                return value;
            }
        };
    }

    static StateExchange reading(BinaryInput in) {
        return new StateExchange() {
            @Override
            public long next(long value) throws UnreadableRecordException {
                return in.readLong();
            }

            @Override
            public double next(double value) throws UnreadableRecordException {
                return in.readDouble();
            }

            @Override
            public int next(int value, int max) throws UnreadableRecordException {
                return in.readCount(max);
            }
        };
    }
}
