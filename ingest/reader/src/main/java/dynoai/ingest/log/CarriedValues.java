package dynoai.ingest.log;

import java.util.Arrays;

/** Carries the last value of each column into rows of a sparse log that lack it, within half a second of log time. */
final class CarriedValues {
    private static final double MAX_SECONDS = 0.5;
    /** Absorbs the rounding of a difference of times. */
    private static final double TOLERANCE = 1e-9;

    private static final double SECONDS_PER_ROW = 0.02;

    private final int timeSlot;
    private final double secondsPerUnit;
    private final double[] values;
    private final double[] times;
    private long rows;

    /** @param timeSlot -1 for a log without a clock, whose rows are 0.02 s apart */
    CarriedValues(int slots, int timeSlot, boolean milliseconds) {
        this.timeSlot = timeSlot;
        this.secondsPerUnit = milliseconds ? 0.001 : 1;
        this.values = new double[slots];
        this.times = new double[slots];
        Arrays.fill(times, Double.NaN);
    }

    /** Fills the absent cells of the next block. */
    void fill(RawBlock block) {
        block.makeWide();
        for (int row = 0; row < block.rows; row++, rows++) {
            double time = timeSlot < 0 ? rows * SECONDS_PER_ROW : block.values[timeSlot][row] * secondsPerUnit;
            for (int slot = 0; slot < values.length; slot++) {
                if (slot == timeSlot) {
                    continue;
                }
                double[] column = block.values[slot];
                if (!Double.isNaN(column[row])) {
                    values[slot] = column[row];
                    times[slot] = time;
                } else {
                    double age = time - times[slot];
                    if (age >= 0 && age <= MAX_SECONDS + TOLERANCE) {
                        column[row] = values[slot];
                    }
                }
            }
        }
    }
}
