package dynoai.analyzer.run;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.CylinderBalance;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.log.Channel;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;

/** Sums of each cylinder's measured AFR by cell, for the cylinder balance. The only gate is the AFR's range. */
final class BalanceSums {
    private static final double MIN_AFR = 10;
    private static final double MAX_AFR = 18;

    private final double[] frontSum = new double[GridAxes.CELLS];
    private final double[] rearSum = new double[GridAxes.CELLS];
    private final long[] frontCount = new long[GridAxes.CELLS];
    private final long[] rearCount = new long[GridAxes.CELLS];

    void fold(ChannelValues values, int rows) {
        double[] rpm = values.of(Channel.RPM);
        double[] kpa = values.of(Channel.MAP_KPA);
        double[] front = values.of(Channel.measuredAfr(Cylinder.FRONT));
        double[] rear = values.of(Channel.measuredAfr(Cylinder.REAR));
        for (int i = 0; i < rows; i++) {
            int cell = GridAxes.cell(rpm[i], kpa[i]);
            if (isUsable(front[i])) {
                frontSum[cell] += front[i];
                frontCount[cell]++;
            }
            if (isUsable(rear[i])) {
                rearSum[cell] += rear[i];
                rearCount[cell]++;
            }
        }
    }

    void exchange(StateExchange state) throws UnreadableRecordException {
        for (int cell = state.nextCell(-1, this::isUsed);
                cell < GridAxes.CELLS;
                cell = state.nextCell(cell, this::isUsed)) {
            frontSum[cell] = state.next(frontSum[cell]);
            frontCount[cell] = state.next(frontCount[cell]);
            rearSum[cell] = state.next(rearSum[cell]);
            rearCount[cell] = state.next(rearCount[cell]);
        }
    }

    private boolean isUsed(int cell) {
        return frontCount[cell] > 0 || rearCount[cell] > 0;
    }

    CylinderBalance balance() {
        return new CylinderBalance(
                means(frontSum, frontCount), list(frontCount), means(rearSum, rearCount), list(rearCount));
    }

    private static boolean isUsable(double afr) {
        return afr >= MIN_AFR && afr <= MAX_AFR;
    }

    private static Grid means(double[] sums, long[] counts) {
        double[] means = Grid.empty();
        for (int cell = 0; cell < means.length; cell++) {
            if (counts[cell] > 0) {
                means[cell] = sums[cell] / counts[cell];
            }
        }
        return Grid.of(means);
    }

    private static List<Long> list(long[] counts) {
        List<Long> list = new ArrayList<>();
        for (long count : counts) {
            list.add(count);
        }
        return List.copyOf(list);
    }
}
