package dynoai.analyzer.run;

import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.Arrays;

/**
 * The values of a block's rows that both cylinders share: the result of gates 3 to 7 and of {@code --inside-grid}, the weight
 * and the cell. Reused for every block.
 */
final class OperatingPoint {
    static final byte PASSED = (byte) Gate.ACCEPTED.ordinal();

    private static final double POWER_CONSTANT = 5252.0;
    private static final double MIN_WEIGHT = 5.0;

    /** The first of these gates that a row fails, as a {@link Gate} ordinal, or {@link #PASSED}. */
    final byte[] gate = new byte[RowBlock.MAX_ROWS];

    /** The value that the gate rejected. */
    final double[] rejected = new double[RowBlock.MAX_ROWS];

    final int[] cell = new int[RowBlock.MAX_ROWS];
    final double[] weight = new double[RowBlock.MAX_ROWS];

    private final Weighting weighting;
    private final boolean insideGrid;
    private long outsideGrid;

    /** @param insideGrid whether rows beyond the grid are left out */
    OperatingPoint(Weighting weighting, boolean insideGrid) {
        this.weighting = weighting;
        this.insideGrid = insideGrid;
        if (weighting == Weighting.HITS) {
            Arrays.fill(weight, 1.0);
        }
    }

    Weighting weighting() {
        return weighting;
    }

    /** Returns the number of rows beyond the grid. They count for an edge cell unless they are left out. */
    long outsideGrid() {
        return outsideGrid;
    }

    void exchange(StateExchange state) throws UnreadableRecordException {
        outsideGrid = state.next(outsideGrid);
    }

    void judge(ChannelValues values, int rows) {
        double[] rpm = values.of(Channel.RPM);
        double[] kpa = values.of(Channel.MAP_KPA);
        double[] iat = values.of(Channel.IAT_FAHRENHEIT);
        double[] tps = values.of(Channel.THROTTLE_PERCENT);
        weigh(values, rows);
        double minWeight = weighting == Weighting.HITS ? 0 : MIN_WEIGHT;
        long outside = 0;
        int last = -1;
        double minRpm = Double.NaN;
        double maxRpm = Double.NaN;
        double minKpa = Double.NaN;
        double maxKpa = Double.NaN;
        for (int i = 0; i < rows; i++) {
            double speed = rpm[i];
            double pressure = kpa[i];
            double load = weight[i];
            boolean fine = !(iat[i] < 30 || iat[i] > 300)
                    && speed >= 400
                    && speed <= 8000
                    && pressure >= 10
                    && pressure <= 110
                    && !(tps[i] < 0 || tps[i] > 100)
                    && !(load < minWeight);
            if (fine) {
                gate[i] = PASSED;
                // An engine stays in a cell for many rows.
                if (speed > minRpm && speed <= maxRpm && pressure > minKpa && pressure <= maxKpa) {
                    cell[i] = last;
                    continue;
                }
                last = GridAxes.cell(speed, pressure);
                cell[i] = last;
                minRpm = GridAxes.rpmOfCell(last) - GridAxes.HALF_RPM_STEP;
                maxRpm = GridAxes.rpmOfCell(last) + GridAxes.HALF_RPM_STEP;
                minKpa = GridAxes.kpaOfCell(last) - GridAxes.HALF_KPA_STEP;
                maxKpa = GridAxes.kpaOfCell(last) + GridAxes.HALF_KPA_STEP;
                if (GridAxes.isOutsideGrid(speed, pressure)) {
                    outside++;
                    if (insideGrid) {
                        reject(i, Gate.OUTSIDE_GRID, Double.NaN);
                    }
                }
            } else {
                reject(i, iat[i], speed, pressure, tps[i], load);
            }
        }
        outsideGrid += outside;
    }

    private void reject(int row, double iat, double rpm, double kpa, double tps, double load) {
        if (iat < 30 || iat > 300) {
            reject(row, Gate.IAT_OUT_OF_RANGE, iat);
        } else if (!(rpm >= 400 && rpm <= 8000)) {
            reject(row, Gate.RPM_OUT_OF_RANGE, rpm);
        } else if (!(kpa >= 10 && kpa <= 110)) {
            reject(row, Gate.MAP_OUT_OF_RANGE, kpa);
        } else if (tps < 0 || tps > 100) {
            reject(row, Gate.TPS_OUT_OF_RANGE, tps);
        } else {
            reject(row, Gate.LOW_LOAD, load);
        }
    }

    private void reject(int row, Gate failed, double value) {
        gate[row] = (byte) failed.ordinal();
        rejected[row] = value;
    }

    private void weigh(ChannelValues values, int rows) {
        if (weighting == Weighting.HITS) {
            return;
        }
        double[] torque = values.of(Channel.TORQUE_FTLB);
        if (weighting == Weighting.TORQUE) {
            System.arraycopy(torque, 0, weight, 0, rows);
            return;
        }
        double[] rpm = values.of(Channel.RPM);
        double[] hp = values.of(Channel.POWER_HP);
        for (int i = 0; i < rows; i++) {
            weight[i] = Double.isNaN(hp[i]) ? torque[i] * rpm[i] / POWER_CONSTANT : hp[i];
        }
    }
}
