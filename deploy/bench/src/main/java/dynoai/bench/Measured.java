package dynoai.bench;

import java.util.Arrays;

/**
 * Run times in milliseconds.
 *
 * @param what what ran, with its threads
 * @param rows size of the log
 * @param runs number of measurements
 */
record Measured(String what, long rows, int runs, double median, double least, double most) {

    static Measured of(String what, long rows, double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Measured(what, rows, sorted.length, median, sorted[0], sorted[sorted.length - 1]);
    }
}
