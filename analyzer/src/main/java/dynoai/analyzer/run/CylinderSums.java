package dynoai.analyzer.run;

import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.Arrays;

/** One cylinder's sums, seven numbers per cell next to each other, and the rows that each gate rejected. */
final class CylinderSums {
    private static final int ERR = 0;
    private static final int CORR = 1;
    private static final int WEIGHT = 2;
    private static final int TORQUE = 3;
    private static final int HP = 4;
    private static final int KNOCK = 5;
    private static final int IAT = 6;
    private static final int STRIDE = 8;

    private final double[] cells = new double[GridAxes.CELLS * STRIDE];
    private final long[] coverage = new long[GridAxes.CELLS];
    private final long[] rejected = new long[Gate.COUNT];
    private final double[] lowest = new double[Gate.COUNT];
    private final double[] highest = new double[Gate.COUNT];

    CylinderSums() {
        Arrays.fill(lowest, Double.NaN);
        Arrays.fill(highest, Double.NaN);
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            cells[cell * STRIDE + IAT] = Double.NaN;
        }
    }

    /** Adds the rows that passed, in order; {@code hp} is NaN where absent. */
    void add(byte[] gate, OperatingPoint point, double[] err, double[] corr, double[] torque, double[] hp, int rows) {
        int row = 0;
        while (row < rows) {
            row = gate[row] == OperatingPoint.PASSED ? addCell(gate, point, err, corr, torque, hp, row, rows) : row + 1;
        }
    }

    /**
     * Adds rows of one cell, up to the first row that passed in another cell, and returns that row. An engine stays in a cell for
     * many rows; their sums stay in registers.
     */
    private int addCell(
            byte[] gate,
            OperatingPoint point,
            double[] err,
            double[] corr,
            double[] torque,
            double[] hp,
            int from,
            int rows) {
        int[] cellOf = point.cell;
        double[] weights = point.weight;
        int cell = cellOf[from];
        int at = cell * STRIDE;
        double errSum = cells[at + ERR];
        double corrSum = cells[at + CORR];
        double weightSum = cells[at + WEIGHT];
        double torqueSum = cells[at + TORQUE];
        double hpSum = cells[at + HP];
        int added = 0;
        int row = from;
        for (; row < rows; row++) {
            if (gate[row] == OperatingPoint.PASSED) {
                if (cellOf[row] != cell) {
                    break;
                }
                double weight = weights[row];
                errSum += err[row] * weight;
                corrSum += corr[row] * weight;
                weightSum += weight;
                if (!Double.isNaN(torque[row])) {
                    torqueSum += torque[row] * weight;
                }
                if (!Double.isNaN(hp[row])) {
                    hpSum += hp[row] * weight;
                }
                added++;
            }
        }
        cells[at + ERR] = errSum;
        cells[at + CORR] = corrSum;
        cells[at + WEIGHT] = weightSum;
        cells[at + TORQUE] = torqueSum;
        cells[at + HP] = hpSum;
        coverage[cell] += added;
        rejected[Gate.ACCEPTED.ordinal()] += added;
        return row;
    }

    void exchange(StateExchange state) throws UnreadableRecordException {
        for (int cell = state.nextCell(-1, this::isUsed);
                cell < GridAxes.CELLS;
                cell = state.nextCell(cell, this::isUsed)) {
            coverage[cell] = state.next(coverage[cell]);
            for (int i = cell * STRIDE; i < (cell + 1) * STRIDE; i++) {
                cells[i] = state.next(cells[i]);
            }
        }
        for (int gate = 0; gate < Gate.COUNT; gate++) {
            rejected[gate] = state.next(rejected[gate]);
            if (rejected[gate] > 0) {
                lowest[gate] = state.next(lowest[gate]);
                highest[gate] = state.next(highest[gate]);
            }
        }
    }

    private boolean isUsed(int cell) {
        return coverage[cell] > 0 || cells[cell * STRIDE + KNOCK] != 0 || !Double.isNaN(cells[cell * STRIDE + IAT]);
    }

    void cover(int cell) {
        coverage[cell]++;
    }

    void reject(int gate, double value) {
        rejected[gate]++;
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
        return new GateTally(rejected[gate.ordinal()], lowest[gate.ordinal()], highest[gate.ordinal()]);
    }
}
