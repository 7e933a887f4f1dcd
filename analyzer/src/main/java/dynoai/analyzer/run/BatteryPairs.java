package dynoai.analyzer.run;

import dynoai.schemas.grid.RunGrids.BatteryCorrelation;
import dynoai.schemas.log.Channel;
import dynoai.schemas.wire.UnreadableRecordException;

/**
 * Pearson's correlation of correction and battery voltage in one pass. Pairs are collected in groups of fixed size, each group
 * is centred on its own means, and the groups are merged (Chan, Golub and LeVeque 1979): as precise as two passes, and
 * independent of block sizes.
 */
final class BatteryPairs {
    private static final int GROUP = 256;
    private static final double MIN_TORQUE = 5;

    private final boolean anyAfr;
    private final boolean anyTorque;

    private final double[] corrections = new double[GROUP];
    private final double[] volts = new double[GROUP];
    private int pending;
    private long merged;
    private double meanCorrection;
    private double meanVolts;
    private double correctionSquares;
    private double voltSquares;
    private double products;

    /**
     * @param anyAfr whether every AFR above 0 counts, as in the replay version
     * @param anyTorque whether rows count whatever their torque
     */
    BatteryPairs(boolean anyAfr, boolean anyTorque) {
        this.anyAfr = anyAfr;
        this.anyTorque = anyTorque;
    }

    void exchange(StateExchange state) throws UnreadableRecordException {
        pending = state.next(pending, GROUP - 1);
        for (int i = 0; i < pending; i++) {
            corrections[i] = state.next(corrections[i]);
            volts[i] = state.next(volts[i]);
        }
        merged = state.next(merged);
        meanCorrection = state.next(meanCorrection);
        meanVolts = state.next(meanVolts);
        correctionSquares = state.next(correctionSquares);
        voltSquares = state.next(voltSquares);
        products = state.next(products);
    }

    void fold(ChannelValues values, CylinderFold front, CylinderFold rear, int rows) {
        if (!values.has(Channel.BATTERY_VOLTS)) {
            return;
        }
        double[] battery = values.of(Channel.BATTERY_VOLTS);
        double[] torque = values.of(Channel.TORQUE_FTLB);
        double[] targetFront = values.of(Channel.COMMANDED_AFR_FRONT);
        double[] actualFront = values.of(Channel.MEASURED_AFR_FRONT);
        double[] targetRear = values.of(Channel.COMMANDED_AFR_REAR);
        double[] actualRear = values.of(Channel.MEASURED_AFR_REAR);
        int next = pending;
        for (int i = 0; i < rows; i++) {
            if (!Double.isNaN(battery[i]) && (anyTorque || torque[i] > MIN_TORQUE)) {
                if (isUsable(targetFront[i]) && isUsable(actualFront[i])) {
                    next = add(next, front.corr[i], battery[i]);
                }
                if (isUsable(targetRear[i]) && isUsable(actualRear[i])) {
                    next = add(next, rear.corr[i], battery[i]);
                }
            }
        }
        pending = next;
    }

    private boolean isUsable(double afr) {
        return anyAfr ? afr > 0 : CylinderFold.isValid(afr);
    }

    /** Adds a pair at its place in the group and returns the next place. */
    private int add(int place, double correction, double voltage) {
        corrections[place] = correction;
        volts[place] = voltage;
        if (place < GROUP - 1) {
            return place + 1;
        }
        merge(GROUP);
        return 0;
    }

    private void merge(int count) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < count; i++) {
            x += corrections[i];
            y += volts[i];
        }
        x /= count;
        y /= count;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < count; i++) {
            double dx = corrections[i] - x;
            double dy = volts[i] - y;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        double total = (double) merged + count;
        double apartX = x - meanCorrection;
        double apartY = y - meanVolts;
        double share = merged * (count / total);
        meanCorrection += apartX * (count / total);
        meanVolts += apartY * (count / total);
        correctionSquares += xx + apartX * apartX * share;
        voltSquares += yy + apartY * apartY * share;
        products += xy + apartX * apartY * share;
        merged += count;
    }

    /** Ends the pass and returns the correlation. */
    BatteryCorrelation correlation() {
        if (pending > 0) {
            merge(pending);
            pending = 0;
        }
        double roots = Math.sqrt(correctionSquares) * Math.sqrt(voltSquares);
        return new BatteryCorrelation(merged, roots == 0 ? 0 : products / roots);
    }
}
