package dynoai.analyzer.run;

import dynoai.schemas.grid.Gate;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogClock;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import dynoai.schemas.wire.UnreadableRecordException;
import org.jspecify.annotations.Nullable;

/**
 * The filters after the gates: throttle transients, a cold engine, fuel cut. A row without the filter's channel passes. Knock
 * and temperature peaks ignore these filters.
 *
 * <p>The throttle rate of a row is the difference to the last row of an earlier time, by log time and in either direction.
 */
final class RowFilters {
    private static final double CLOSED_THROTTLE = 2;
    private static final double FUEL_CUT_RPM = 1500;
    private static final double FUEL_CUT_AFR = 16;

    /** The filter that leaves out a row for both cylinders, as a {@link Gate} ordinal, or {@link OperatingPoint#PASSED}. */
    final byte[] gate = new byte[RowBlock.MAX_ROWS];

    /** The value for which it does. */
    final double[] rejected = new double[RowBlock.MAX_ROWS];

    /** Whether a row is a fuel cut if its AFR is lean. */
    private final boolean[] coasting = new boolean[RowBlock.MAX_ROWS];

    private final double maxThrottleRate;
    private final double minCoolant;
    private final boolean skipsFuelCut;

    private final LogClock clock = new LogClock();
    /** The last row with a throttle reading, and the last one of an earlier time; NaN before them. */
    private double lastSeconds = Double.NaN;

    private double lastThrottle = Double.NaN;
    private double earlierSeconds = Double.NaN;
    private double earlierThrottle = Double.NaN;

    private RowFilters(double maxThrottleRate, double minCoolant, boolean skipsFuelCut) {
        this.maxThrottleRate = maxThrottleRate;
        this.minCoolant = minCoolant;
        this.skipsFuelCut = skipsFuelCut;
    }

    /** Returns null if no filter is on. */
    static @Nullable RowFilters of(AnalysisOptions options) {
        RowFilters filters = new RowFilters(
                options.numberOrNaN(Option.MAX_TPS_RATE),
                options.numberOrNaN(Option.MIN_COOLANT),
                options.flag(Option.SKIP_FUEL_CUT));
        boolean on = filters.limitsThrottleRate() || !Double.isNaN(filters.minCoolant) || filters.skipsFuelCut;
        return on ? filters : null;
    }

    private boolean limitsThrottleRate() {
        return !Double.isNaN(maxThrottleRate);
    }

    void judge(ChannelValues values, int rows) {
        double[] time = values.of(Channel.TIME_SECONDS);
        double[] rpm = values.of(Channel.RPM);
        double[] throttle = values.of(Channel.THROTTLE_PERCENT);
        double[] coolant = values.of(Channel.COOLANT_FAHRENHEIT);
        for (int i = 0; i < rows; i++) {
            double rate = limitsThrottleRate() ? throttleRate(clock.advance(time[i]), throttle[i]) : 0;
            if (rate > maxThrottleRate) {
                gate[i] = (byte) Gate.THROTTLE_TRANSIENT.ordinal();
                rejected[i] = rate;
            } else if (coolant[i] < minCoolant) {
                gate[i] = (byte) Gate.COLD_ENGINE.ordinal();
                rejected[i] = coolant[i];
            } else {
                gate[i] = OperatingPoint.PASSED;
            }
            coasting[i] = skipsFuelCut && throttle[i] <= CLOSED_THROTTLE && rpm[i] > FUEL_CUT_RPM;
        }
    }

    /** Forgets the rows of the log before. */
    void beginLog() {
        lastSeconds = Double.NaN;
        lastThrottle = Double.NaN;
        earlierSeconds = Double.NaN;
        earlierThrottle = Double.NaN;
    }

    private double throttleRate(double seconds, double throttle) {
        if (Double.isNaN(throttle)) {
            return 0;
        }
        if (seconds > lastSeconds) {
            earlierSeconds = lastSeconds;
            earlierThrottle = lastThrottle;
        }
        lastSeconds = seconds;
        lastThrottle = throttle;
        return Math.abs(throttle - earlierThrottle) / (seconds - earlierSeconds);
    }

    boolean isFuelCut(int row, double measuredAfr) {
        return coasting[row] && measuredAfr > FUEL_CUT_AFR;
    }

    void exchange(StateExchange state) throws UnreadableRecordException {
        state.exchange(clock);
        lastSeconds = state.next(lastSeconds);
        lastThrottle = state.next(lastThrottle);
        earlierSeconds = state.next(earlierSeconds);
        earlierThrottle = state.next(earlierThrottle);
    }
}
