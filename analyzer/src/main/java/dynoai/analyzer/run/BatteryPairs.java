package dynoai.analyzer.run;

import dynoai.schemas.Channel;
import dynoai.schemas.RunGrids.BatteryCorrelation;

/**
 * Pearson's correlation of correction and battery voltage in one pass. Pairs are gathered in groups of a fixed number, each
 * group is centred on its own means, and the groups are merged (Chan, Golub and LeVeque 1979): as precise as two passes,
 * and independent of how the rows came in blocks.
 */
final class BatteryPairs {
    static final int GROUP = 256;
    private static final double LEAST_TORQUE = 5;

    final double[] corrections = new double[GROUP];
    final double[] volts = new double[GROUP];
    int pending;
    long merged;
    double meanCorrection;
    double meanVolts;
    double correctionSquares;
    double voltSquares;
    double products;

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
        for (int i = 0; i < rows; i++) {
            if (!Double.isNaN(battery[i]) && torque[i] > LEAST_TORQUE) {
                if (targetFront[i] > 0 && actualFront[i] > 0) {
                    add(front.corr[i], battery[i]);
                }
                if (targetRear[i] > 0 && actualRear[i] > 0) {
                    add(rear.corr[i], battery[i]);
                }
            }
        }
    }

    private void add(double correction, double voltage) {
        corrections[pending] = correction;
        volts[pending] = voltage;
        if (++pending == GROUP) {
            merge();
        }
    }

    private void merge() {
        int count = pending;
        double x = mean(corrections, count);
        double y = mean(volts, count);
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
        pending = 0;
    }

    private static double mean(double[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum / count;
    }

    /** Ends the pass. */
    BatteryCorrelation correlation() {
        if (pending > 0) {
            merge();
        }
        double roots = Math.sqrt(correctionSquares) * Math.sqrt(voltSquares);
        return new BatteryCorrelation(merged, roots == 0 ? 0 : products / roots);
    }
}
