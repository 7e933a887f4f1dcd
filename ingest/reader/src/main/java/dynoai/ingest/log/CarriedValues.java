package dynoai.ingest.log;

import dynoai.schemas.log.LogClock;
import java.util.Arrays;

/** Carries the last value of each column into rows of a sparse log that lack it, within half a second of log time. */
final class CarriedValues {
    private static final double MAX_SECONDS = 0.5;
    /** Absorbs the rounding of a difference of times. */
    private static final double TOLERANCE = 1e-9;

    private final int timeSlot;
    private final boolean milliseconds;
    private final double[] values;
    private final double[] times;
    private final LogClock clock = new LogClock();

    /** @param timeSlot -1 for a log without a clock */
    CarriedValues(int slots, int timeSlot, boolean milliseconds) {
        this.timeSlot = timeSlot;
        this.milliseconds = milliseconds;
        this.values = new double[slots];
        this.times = new double[slots];
        Arrays.fill(times, Double.NaN);
    }

    /** Fills the absent cells of the next block. */
    void fill(RawBlock block) {
        block.makeWide();
        for (int row = 0; row < block.rows; row++) {
            double time = clock.advance(seconds(block, row));
            for (int slot = 0; slot < values.length; slot++) {
                if (slot == timeSlot) {
                    continue;
                }
                double[] column = block.values[slot];
                if (!Double.isNaN(column[row])) {
                    values[slot] = column[row];
                    times[slot] = time;
                } else {
                    column[row] = time - times[slot] <= MAX_SECONDS + TOLERANCE ? values[slot] : Double.NaN;
                }
            }
        }
    }

    private double seconds(RawBlock block, int row) {
        double time = timeSlot < 0 ? Double.NaN : block.values[timeSlot][row];
        return milliseconds ? UnitRules.seconds(time) : time;
    }
}
