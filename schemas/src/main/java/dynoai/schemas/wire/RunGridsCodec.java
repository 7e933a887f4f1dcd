package dynoai.schemas.wire;

import dynoai.schemas.grid.CylinderBalance;
import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.RunGrids.BatteryCorrelation;
import dynoai.schemas.grid.RunGrids.CylinderGrids;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.grid.TimelineWindow.CylinderWindow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Codes the grids of a run, every double bit for bit. */
final class RunGridsCodec {
    private RunGridsCodec() {}

    static void write(BinaryOutput out, RunGrids grids) {
        out.writeLong(grids.rowsRead());
        out.writeLong(grids.unreadable());
        out.writeLong(grids.rowsOutsideGrid());
        writeCylinder(out, grids.front());
        writeCylinder(out, grids.rear());
        out.writeLong(grids.battery().pairs());
        out.writeDouble(grids.battery().r());
        out.writeList(grids.timeline(), RunGridsCodec::writeWindow);
        writeBalance(out, grids.balance());
        writeDecel(out, grids.decel());
    }

    static RunGrids read(BinaryInput in) throws UnreadableRecordException {
        return new RunGrids(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readCylinder(in),
                readCylinder(in),
                new BatteryCorrelation(in.readLong(), in.readDouble()),
                in.readList(RunGridsCodec::readWindow),
                readBalance(in),
                readDecel(in));
    }

    private static void writeBalance(BinaryOutput out, CylinderBalance balance) {
        int cells = balance.isRequested() ? GridAxes.CELLS : 0;
        out.writeDoubles(balance.frontAfr().toArray(), cells);
        out.writeList(balance.frontReadings(), BinaryOutput::writeLong);
        out.writeDoubles(balance.rearAfr().toArray(), cells);
        out.writeList(balance.rearReadings(), BinaryOutput::writeLong);
    }

    private static CylinderBalance readBalance(BinaryInput in) throws UnreadableRecordException {
        return new CylinderBalance(
                readGridOrNone(in),
                in.readList(BinaryInput::readLong),
                readGridOrNone(in),
                in.readList(BinaryInput::readLong));
    }

    private static Grid readGridOrNone(BinaryInput in) throws UnreadableRecordException {
        List<Double> cells = in.readList(BinaryInput::readDouble);
        if (cells.isEmpty()) {
            return Grid.EMPTY;
        }
        if (cells.size() != GridAxes.CELLS) {
            throw new UnreadableRecordException("a grid of " + cells.size() + " cells");
        }
        return Grid.of(cells.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void writeDecel(BinaryOutput out, DecelFindings decel) {
        out.writeLong(decel.events());
        out.writeList(decel.first(), (to, event) -> {
            to.writeLong(event.firstRow());
            to.writeDouble(event.startSeconds());
            to.writeDouble(event.seconds());
            to.writeDouble(event.steepestRate());
            to.writeDouble(event.startRpm());
            to.writeDouble(event.startTps());
            to.writeDouble(event.highestAfr());
            to.writeDouble(event.leanPopLikelihood());
            to.writeInt(event.zone());
        });
        out.writeList(decel.zones(), (to, zone) -> {
            to.writeLong(zone.events());
            to.writeLong(zone.likelyLeanPops());
            to.writeDouble(zone.likelihood());
        });
    }

    private static DecelFindings readDecel(BinaryInput in) throws UnreadableRecordException {
        return new DecelFindings(
                in.readLong(),
                in.readList(from -> new DecelFindings.Event(
                        from.readLong(),
                        from.readDouble(),
                        from.readDouble(),
                        from.readDouble(),
                        from.readDouble(),
                        from.readDouble(),
                        from.readDouble(),
                        from.readDouble(),
                        from.readInt())),
                in.readList(from -> new DecelFindings.ZoneTally(from.readLong(), from.readLong(), from.readDouble())));
    }

    private static void writeCylinder(BinaryOutput out, CylinderGrids grids) {
        writeGrid(out, grids.err());
        writeGrid(out, grids.corr());
        writeGrid(out, grids.torque());
        writeGrid(out, grids.hp());
        out.writeList(grids.coverage(), BinaryOutput::writeLong);
        writeGrid(out, grids.mad());
        writeGrid(out, grids.peakKnock());
        writeGrid(out, grids.peakIat());
        writeGates(out, grids.gates());
    }

    /** Writes all gates but optional ones that rejected no row. */
    private static void writeGates(BinaryOutput out, List<GateTally> gates) {
        List<Gate> written = Stream.of(Gate.values())
                .filter(gate -> !gate.isOptional() || gates.get(gate.ordinal()).rows() > 0)
                .toList();
        out.writeLong(written.size());
        for (Gate gate : written) {
            GateTally tally = gates.get(gate.ordinal());
            out.writeString(gate.key());
            out.writeLong(tally.rows());
            out.writeDouble(tally.lowest());
            out.writeDouble(tally.highest());
        }
        out.writeLong(0);
    }

    private static CylinderGrids readCylinder(BinaryInput in) throws UnreadableRecordException {
        Grid err = readGrid(in);
        Grid corr = readGrid(in);
        Grid torque = readGrid(in);
        Grid hp = readGrid(in);
        List<Long> coverage = in.readList(BinaryInput::readLong);
        if (coverage.size() != GridAxes.CELLS) {
            throw new UnreadableRecordException("coverage of " + coverage.size() + " cells");
        }
        return new CylinderGrids(
                err, corr, torque, hp, coverage, readGrid(in), readGrid(in), readGrid(in), readGates(in));
    }

    private static List<GateTally> readGates(BinaryInput in) throws UnreadableRecordException {
        GateTally[] gates = new GateTally[Gate.COUNT];
        Arrays.fill(gates, new GateTally(0, Double.NaN, Double.NaN));
        for (int items = in.readItems(); items > 0; items = in.readItems()) {
            for (int i = 0; i < items; i++) {
                int gate = gate(in.readString());
                gates[gate] = new GateTally(in.readLong(), in.readDouble(), in.readDouble());
            }
        }
        return List.of(gates);
    }

    private static int gate(String key) {
        for (Gate gate : Gate.values()) {
            if (gate.key().equals(key)) {
                return gate.ordinal();
            }
        }
        throw new IllegalArgumentException("unknown gate '" + key + "'");
    }

    private static void writeGrid(BinaryOutput out, Grid grid) {
        out.writeDoubles(grid.toArray(), GridAxes.CELLS);
    }

    private static Grid readGrid(BinaryInput in) throws UnreadableRecordException {
        double[] cells = new double[GridAxes.CELLS];
        in.readDoubles(cells, GridAxes.CELLS);
        return Grid.of(cells);
    }

    static void writeWindow(BinaryOutput out, TimelineWindow window) {
        out.writeInt(window.ordinal());
        out.writeLong(window.firstRow());
        out.writeLong(window.rows());
        out.writeDouble(window.startSeconds());
        out.writeDouble(window.endSeconds());
        out.writeDouble(window.meanRpm());
        out.writeDouble(window.meanKpa());
        writeCylinderWindow(out, window.front());
        writeCylinderWindow(out, window.rear());
    }

    static TimelineWindow readWindow(BinaryInput in) throws UnreadableRecordException {
        return new TimelineWindow(
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                readCylinderWindow(in),
                readCylinderWindow(in));
    }

    private static void writeCylinderWindow(BinaryOutput out, CylinderWindow window) {
        out.writeLong(window.accepted());
        out.writeDouble(window.meanErr());
        out.writeDouble(window.meanCorr());
        out.writeDouble(window.peakKnock());
        out.writeDouble(window.peakIat());
    }

    private static CylinderWindow readCylinderWindow(BinaryInput in) throws UnreadableRecordException {
        return new CylinderWindow(in.readLong(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    }
}
