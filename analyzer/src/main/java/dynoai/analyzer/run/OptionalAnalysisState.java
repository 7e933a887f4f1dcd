package dynoai.analyzer.run;

import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.DecelZones;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import org.jspecify.annotations.Nullable;

/** The part of a running aggregate that exists only where it was asked for, as bytes. */
final class OptionalAnalysisState {
    private OptionalAnalysisState() {}

    static void write(@Nullable BalanceSums balance, AvroOutput out) {
        if (balance == null) {
            return;
        }
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (balance.frontCount[cell] > 0 || balance.rearCount[cell] > 0) {
                out.writeInt(cell);
                out.writeDouble(balance.frontSum[cell]);
                out.writeLong(balance.frontCount[cell]);
                out.writeDouble(balance.rearSum[cell]);
                out.writeLong(balance.rearCount[cell]);
            }
        }
        out.writeInt(GridAxes.CELLS);
    }

    static void restore(@Nullable BalanceSums balance, AvroInput in) throws UnreadableRecordException {
        if (balance == null) {
            return;
        }
        for (int cell = in.readCount(GridAxes.CELLS); cell < GridAxes.CELLS; cell = in.readCount(GridAxes.CELLS)) {
            balance.frontSum[cell] = in.readDouble();
            balance.frontCount[cell] = in.readLong();
            balance.rearSum[cell] = in.readDouble();
            balance.rearCount[cell] = in.readLong();
        }
    }

    static void write(@Nullable DecelEvents decel, AvroOutput out) {
        if (decel == null) {
            return;
        }
        AggregateState.writeClock(decel.clock, out);
        writeRow(decel.before, out);
        writeRow(decel.at, out);
        out.writeLong(decel.rows);
        writeOpen(decel.open, out);
        out.writeList(decel.first, OptionalAnalysisState::writeEvent);
        out.writeLong(decel.events);
        for (int zone = 0; zone < DecelZones.COUNT; zone++) {
            out.writeLong(decel.zoneEvents[zone]);
            out.writeLong(decel.zoneLikely[zone]);
            out.writeDouble(decel.zoneLikelihood[zone]);
        }
    }

    static void restore(@Nullable DecelEvents decel, AvroInput in) throws UnreadableRecordException {
        if (decel == null) {
            return;
        }
        AggregateState.restoreClock(decel.clock, in);
        restoreRow(decel.before, in);
        restoreRow(decel.at, in);
        decel.rows = in.readLong();
        restoreOpen(decel.open, in);
        decel.first.addAll(in.readList(OptionalAnalysisState::readEvent));
        decel.events = in.readLong();
        for (int zone = 0; zone < DecelZones.COUNT; zone++) {
            decel.zoneEvents[zone] = in.readLong();
            decel.zoneLikely[zone] = in.readLong();
            decel.zoneLikelihood[zone] = in.readDouble();
        }
    }

    private static void writeRow(DecelEvents.Row row, AvroOutput out) {
        out.writeDouble(row.seconds);
        out.writeDouble(row.tps);
        out.writeDouble(row.rpm);
        out.writeDouble(row.afr);
    }

    private static void restoreRow(DecelEvents.Row row, AvroInput in) throws UnreadableRecordException {
        row.seconds = in.readDouble();
        row.tps = in.readDouble();
        row.rpm = in.readDouble();
        row.afr = in.readDouble();
    }

    private static void writeOpen(DecelEvents.OpenEvent open, AvroOutput out) {
        out.writeLong(open.firstRow);
        out.writeDouble(open.startSeconds);
        out.writeDouble(open.startRpm);
        out.writeDouble(open.startTps);
        out.writeDouble(open.steepestRate);
        out.writeDouble(open.highestAfr);
        out.writeDouble(open.zoneRpm);
        out.writeDouble(open.zoneTps);
    }

    private static void restoreOpen(DecelEvents.OpenEvent open, AvroInput in) throws UnreadableRecordException {
        open.firstRow = in.readLong();
        open.startSeconds = in.readDouble();
        open.startRpm = in.readDouble();
        open.startTps = in.readDouble();
        open.steepestRate = in.readDouble();
        open.highestAfr = in.readDouble();
        open.zoneRpm = in.readDouble();
        open.zoneTps = in.readDouble();
    }

    private static void writeEvent(AvroOutput out, DecelFindings.Event event) {
        out.writeLong(event.firstRow());
        out.writeDouble(event.startSeconds());
        out.writeDouble(event.seconds());
        out.writeDouble(event.steepestRate());
        out.writeDouble(event.startRpm());
        out.writeDouble(event.startTps());
        out.writeDouble(event.highestAfr());
        out.writeDouble(event.leanPopLikelihood());
        out.writeInt(event.zone());
    }

    private static DecelFindings.Event readEvent(AvroInput in) throws UnreadableRecordException {
        return new DecelFindings.Event(
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readInt());
    }
}
