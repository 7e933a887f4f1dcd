package dynoai.analyzer.run;

import dynoai.schemas.Gate;
import dynoai.schemas.GridAxes;
import dynoai.schemas.RunGrids.GateTally;
import java.util.Arrays;

/** One cylinder's running sums: seven numbers a cell, side by side, and how many rows each gate took. */
final class CylinderSums {
    private static final int ERR = 0;
    private static final int CORR = 1;
    private static final int WEIGHT = 2;
    private static final int TORQUE = 3;
    private static final int HP = 4;
    static final int KNOCK = 5;
    static final int IAT = 6;
    static final int STRIDE = 8;

    final double[] cells = new double[GridAxes.CELLS * STRIDE];
    final long[] coverage = new long[GridAxes.CELLS];
    final long[] refused = new long[Gate.COUNT];
    final double[] lowest = new double[Gate.COUNT];
    final double[] highest = new double[Gate.COUNT];

    CylinderSums() {
        Arrays.fill(lowest, Double.NaN);
        Arrays.fill(highest, Double.NaN);
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            cells[cell * STRIDE + IAT] = Double.NaN;
        }
    }

    /** Adds an accepted row; {@code hp} is NaN where absent. */
    void add(int cell, double weight, double err, double corr, double torque, double hp) {
        int at = cell * STRIDE;
        double[] sums = cells;
        sums[at + ERR] += err * weight;
        sums[at + CORR] += corr * weight;
        sums[at + WEIGHT] += weight;
        sums[at + TORQUE] += torque * weight;
        if (!Double.isNaN(hp)) {
            sums[at + HP] += hp * weight;
        }
        coverage[cell]++;
        refused[Gate.ACCEPTED.ordinal()]++;
    }

    void cover(int cell) {
        coverage[cell]++;
    }

    void refuse(int gate, double value) {
        refused[gate]++;
        if (!(value >= lowest[gate])) {
            lowest[gate] = Double.isNaN(value) ? lowest[gate] : value;
        }
        if (!(value <= highest[gate])) {
            highest[gate] = Double.isNaN(value) ? highest[gate] : value;
        }
    }

    void peak(int cell, double knock, double iat) {
        int at = cell * STRIDE;
        if (knock > cells[at + KNOCK]) {
            cells[at + KNOCK] = knock;
        }
        if (!(iat <= cells[at + IAT]) && !Double.isNaN(iat)) {
            cells[at + IAT] = iat;
        }
    }

    long coverage(int cell) {
        return coverage[cell];
    }

    double weight(int cell) {
        return cells[cell * STRIDE + WEIGHT];
    }

    double err(int cell) {
        return cells[cell * STRIDE + ERR];
    }

    double corr(int cell) {
        return cells[cell * STRIDE + CORR];
    }

    double torque(int cell) {
        return cells[cell * STRIDE + TORQUE];
    }

    double hp(int cell) {
        return cells[cell * STRIDE + HP];
    }

    double[] peakKnock() {
        return column(KNOCK);
    }

    double[] peakIat() {
        return column(IAT);
    }

    private double[] column(int offset) {
        double[] column = new double[GridAxes.CELLS];
        for (int cell = 0; cell < column.length; cell++) {
            column[cell] = cells[cell * STRIDE + offset];
        }
        return column;
    }

    GateTally tally(Gate gate) {
        return new GateTally(refused[gate.ordinal()], lowest[gate.ordinal()], highest[gate.ordinal()]);
    }
}
