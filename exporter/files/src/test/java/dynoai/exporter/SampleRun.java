package dynoai.exporter;

import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.RunGrids.BatteryCorrelation;
import dynoai.schemas.grid.RunGrids.CylinderGrids;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.grid.TimelineWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Builds the sums of a run from two corrections, with 20 samples in each of their cells. */
public final class SampleRun {
    private Grid front = Grid.EMPTY;
    private Grid rear = Grid.EMPTY;
    private Grid frontKnock = Grid.EMPTY;
    private Grid rearKnock = Grid.EMPTY;
    private Grid frontIat = Grid.EMPTY;
    private Grid rearIat = Grid.EMPTY;
    private BatteryCorrelation battery = new BatteryCorrelation(0, 0);
    private List<GateTally> frontGates = List.of();
    private long samplesPerCell = 20;

    public SampleRun corr(Grid front, Grid rear) {
        this.front = front;
        this.rear = rear;
        return this;
    }

    public SampleRun knock(Grid front, Grid rear) {
        frontKnock = front;
        rearKnock = rear;
        return this;
    }

    public SampleRun iat(Grid front, Grid rear) {
        frontIat = front;
        rearIat = rear;
        return this;
    }

    public SampleRun battery(long pairs, double r) {
        battery = new BatteryCorrelation(pairs, r);
        return this;
    }

    public SampleRun samplesPerCell(long samples) {
        samplesPerCell = samples;
        return this;
    }

    /** Sets the gates of both cylinders. */
    public SampleRun gates(List<GateTally> gates) {
        frontGates = gates;
        return this;
    }

    public RunGrids grids() {
        CylinderGrids f = cylinder(front, frontKnock, frontIat);
        CylinderGrids r = cylinder(rear, rearKnock, rearIat);
        long rows = f.gates().stream().mapToLong(GateTally::rows).sum();
        List<TimelineWindow> timeline = rows == 0
                ? List.of()
                : List.of(new TimelineWindow(
                        0,
                        1,
                        rows,
                        0,
                        rows * 0.02,
                        3000,
                        80,
                        new TimelineWindow.CylinderWindow(f.accepted(), -1.25, 1.25, 0, Double.NaN),
                        new TimelineWindow.CylinderWindow(r.accepted(), Double.NaN, Double.NaN, 0, 100)));
        return new RunGrids(rows + 1, 1, 0, f, r, battery, timeline);
    }

    private CylinderGrids cylinder(Grid corr, Grid knock, Grid iat) {
        List<Long> coverage = new ArrayList<>();
        long accepted = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            long samples = corr.isEmpty(cell) ? 0 : samplesPerCell;
            coverage.add(samples);
            accepted += samples;
        }
        List<GateTally> gates = new ArrayList<>(frontGates);
        if (gates.isEmpty()) {
            for (int gate = 0; gate < Gate.COUNT; gate++) {
                gates.add(new GateTally(0, Double.NaN, Double.NaN));
            }
            gates.set(Gate.ACCEPTED.ordinal(), new GateTally(accepted, Double.NaN, Double.NaN));
        }
        Grid torque = corr.map(percent -> 80.0);
        return new CylinderGrids(
                corr.map(percent -> -percent),
                corr,
                torque,
                torque.map(value -> value / 2),
                coverage,
                corr.map(percent -> 0.5),
                knock,
                iat,
                gates);
    }

    /** Returns a grid with a share of random cells between plus and minus a magnitude. */
    public static Grid random(Random seeded, double share, double magnitude) {
        double[] cells = Grid.empty();
        for (int cell = 0; cell < cells.length; cell++) {
            if (seeded.nextDouble() < share) {
                cells[cell] = (seeded.nextDouble() * 2 - 1) * magnitude;
            }
        }
        return Grid.of(cells);
    }

    /** Returns a grid with one number in every cell. */
    public static Grid filled(double value) {
        double[] cells = new double[GridAxes.CELLS];
        java.util.Arrays.fill(cells, value);
        return Grid.of(cells);
    }

    /** Returns a grid with one number in one cell. */
    public static Grid only(int rpm, int kpa, double value) {
        return with(Grid.EMPTY, rpm, kpa, value);
    }

    public static Grid with(Grid grid, int rpm, int kpa, double value) {
        double[] cells = grid.toArray();
        cells[GridAxes.cell(rpm, kpa)] = value;
        return Grid.of(cells);
    }
}
