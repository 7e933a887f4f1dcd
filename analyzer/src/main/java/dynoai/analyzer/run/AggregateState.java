package dynoai.analyzer.run;

import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.UnreadableRecordException;

/**
 * A running aggregate as bytes, every double bit for bit, so that a run goes on elsewhere as if nothing had happened. Only
 * cells that were touched are written: a few kilobytes, whatever the length of the run.
 */
final class AggregateState {
    /** Written first; another one is refused, and the run is sent again from its file. */
    private static final int VERSION = 1;

    private static final int STRIDE = CylinderSums.STRIDE;

    private AggregateState() {}

    static void write(RunAggregate run, AvroOutput out) {
        out.writeInt(VERSION);
        out.writeLong(run.point.outsideGrid());
        writeSums(run.front.sums, out);
        writeSums(run.rear.sums, out);
        writeBattery(run.battery, out);
        writeTimeline(run.timeline, out);
        OptionalAnalysisState.write(run.balance, out);
        OptionalAnalysisState.write(run.decel, out);
    }

    static void restore(RunAggregate run, AvroInput in) throws UnreadableRecordException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new UnreadableRecordException(
                    "a run's state of version " + version + ", where " + VERSION + " is read");
        }
        run.point.restoreOutsideGrid(in.readLong());
        restoreSums(run.front.sums, in);
        restoreSums(run.rear.sums, in);
        restoreBattery(run.battery, in);
        restoreTimeline(run.timeline, in);
        OptionalAnalysisState.restore(run.balance, in);
        OptionalAnalysisState.restore(run.decel, in);
    }

    private static void writeSums(CylinderSums sums, AvroOutput out) {
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (isTouched(sums, cell)) {
                out.writeInt(cell);
                out.writeLong(sums.coverage[cell]);
                for (int i = cell * STRIDE; i < (cell + 1) * STRIDE; i++) {
                    out.writeDouble(sums.cells[i]);
                }
            }
        }
        out.writeInt(GridAxes.CELLS);
        for (int gate = 0; gate < Gate.COUNT; gate++) {
            out.writeLong(sums.refused[gate]);
            if (sums.refused[gate] > 0) {
                out.writeDouble(sums.lowest[gate]);
                out.writeDouble(sums.highest[gate]);
            }
        }
    }

    /** A cell that was never touched has no coverage, a knock of 0 and no temperature. */
    private static boolean isTouched(CylinderSums sums, int cell) {
        return sums.coverage[cell] > 0
                || sums.cells[cell * STRIDE + CylinderSums.KNOCK] != 0
                || !Double.isNaN(sums.cells[cell * STRIDE + CylinderSums.IAT]);
    }

    private static void restoreSums(CylinderSums sums, AvroInput in) throws UnreadableRecordException {
        for (int cell = in.readCount(GridAxes.CELLS); cell < GridAxes.CELLS; cell = in.readCount(GridAxes.CELLS)) {
            sums.coverage[cell] = in.readLong();
            for (int i = cell * STRIDE; i < (cell + 1) * STRIDE; i++) {
                sums.cells[i] = in.readDouble();
            }
        }
        for (int gate = 0; gate < Gate.COUNT; gate++) {
            sums.refused[gate] = in.readLong();
            if (sums.refused[gate] > 0) {
                sums.lowest[gate] = in.readDouble();
                sums.highest[gate] = in.readDouble();
            }
        }
    }

    private static void writeBattery(BatteryPairs battery, AvroOutput out) {
        out.writeInt(battery.pending);
        for (int i = 0; i < battery.pending; i++) {
            out.writeDouble(battery.corrections[i]);
            out.writeDouble(battery.volts[i]);
        }
        out.writeLong(battery.merged);
        out.writeDouble(battery.meanCorrection);
        out.writeDouble(battery.meanVolts);
        out.writeDouble(battery.correctionSquares);
        out.writeDouble(battery.voltSquares);
        out.writeDouble(battery.products);
    }

    private static void restoreBattery(BatteryPairs battery, AvroInput in) throws UnreadableRecordException {
        battery.pending = in.readCount(BatteryPairs.GROUP - 1);
        for (int i = 0; i < battery.pending; i++) {
            battery.corrections[i] = in.readDouble();
            battery.volts[i] = in.readDouble();
        }
        battery.merged = in.readLong();
        battery.meanCorrection = in.readDouble();
        battery.meanVolts = in.readDouble();
        battery.correctionSquares = in.readDouble();
        battery.voltSquares = in.readDouble();
        battery.products = in.readDouble();
    }

    private static void writeTimeline(Timeline timeline, AvroOutput out) {
        writeClock(timeline.clock, out);
        out.writeInt(timeline.ordinal);
        out.writeLong(timeline.rowsBefore);
        Timeline.OpenWindow open = timeline.open;
        out.writeLong(open.rows);
        out.writeDouble(open.start);
        out.writeDouble(open.end);
        out.writeDouble(open.rpm);
        out.writeDouble(open.kpa);
        writeSlice(open.front, out);
        writeSlice(open.rear, out);
    }

    private static void restoreTimeline(Timeline timeline, AvroInput in) throws UnreadableRecordException {
        restoreClock(timeline.clock, in);
        timeline.ordinal = in.readInt();
        timeline.rowsBefore = in.readLong();
        Timeline.OpenWindow open = timeline.open;
        open.rows = in.readLong();
        open.start = in.readDouble();
        open.end = in.readDouble();
        open.rpm = in.readDouble();
        open.kpa = in.readDouble();
        restoreSlice(open.front, in);
        restoreSlice(open.rear, in);
    }

    static void writeClock(LogClock clock, AvroOutput out) {
        out.writeDouble(clock.lastRaw);
        out.writeDouble(clock.offset);
        out.writeDouble(clock.now);
        out.writeDouble(clock.anchor);
        out.writeLong(clock.counted);
    }

    static void restoreClock(LogClock clock, AvroInput in) throws UnreadableRecordException {
        clock.lastRaw = in.readDouble();
        clock.offset = in.readDouble();
        clock.now = in.readDouble();
        clock.anchor = in.readDouble();
        clock.counted = in.readLong();
    }

    private static void writeSlice(Timeline.CylinderSlice slice, AvroOutput out) {
        out.writeLong(slice.accepted);
        out.writeDouble(slice.err);
        out.writeDouble(slice.corr);
        out.writeDouble(slice.weight);
        out.writeDouble(slice.knock);
        out.writeDouble(slice.iat);
    }

    private static void restoreSlice(Timeline.CylinderSlice slice, AvroInput in) throws UnreadableRecordException {
        slice.accepted = in.readLong();
        slice.err = in.readDouble();
        slice.corr = in.readDouble();
        slice.weight = in.readDouble();
        slice.knock = in.readDouble();
        slice.iat = in.readDouble();
    }
}
