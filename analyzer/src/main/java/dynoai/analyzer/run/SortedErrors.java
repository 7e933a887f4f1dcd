package dynoai.analyzer.run;

import java.util.Arrays;

/** The counted errors of one cell in ascending order, merged from ascending runs. Reused for the next cell. */
final class SortedErrors {
    private double[] values = new double[64];
    private long[] counts = new long[64];
    private double[] spareValues = new double[64];
    private long[] spareCounts = new long[64];
    private int size;
    /** Start of the current run. */
    private int runStart;

    private long total;

    void clear() {
        size = 0;
        runStart = 0;
        total = 0;
    }

    /** Adds to the current run a value that is not less than the previous one. */
    void add(double value, long count) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        values[size] = value;
        counts[size++] = count;
        total += count;
    }

    /** Merges the current run into the previous ones; the next value begins a new run. */
    void endRun() {
        if (runStart > 0 && runStart < size && values[runStart] < values[runStart - 1]) {
            merge();
        }
        runStart = size;
    }

    private void merge() {
        if (spareValues.length < values.length) {
            spareValues = new double[values.length];
            spareCounts = new long[values.length];
        }
        int first = 0;
        int second = runStart;
        for (int to = 0; to < size; to++) {
            int from = second == size || first < runStart && values[first] <= values[second] ? first++ : second++;
            spareValues[to] = values[from];
            spareCounts[to] = counts[from];
        }
        double[] mergedValues = spareValues;
        long[] mergedCounts = spareCounts;
        spareValues = values;
        spareCounts = counts;
        values = mergedValues;
        counts = mergedCounts;
    }

    /** The median of |value - median|, NaN when empty. The median of an even count is the mean of the middle two. */
    double medianAbsoluteDeviation() {
        if (total == 0) {
            return Double.NaN;
        }
        double median = median();
        int right = 0;
        while (right < size && values[right] < median) {
            right++;
        }
        int left = right - 1;
        long passed = 0;
        double before = 0;
        while (true) {
            boolean takesLeft =
                    right == size || left >= 0 && Math.abs(values[left] - median) <= Math.abs(values[right] - median);
            int next = takesLeft ? left-- : right++;
            double deviation = Math.abs(values[next] - median);
            long lowerRank = (total - 1) / 2;
            if (passed <= lowerRank) {
                before = deviation;
            }
            passed += counts[next];
            if (passed > total / 2) {
                return middle(before, deviation);
            }
        }
    }

    private double median() {
        long passed = 0;
        int lower = 0;
        while (passed + counts[lower] <= (total - 1) / 2) {
            passed += counts[lower++];
        }
        int upper = lower;
        while (passed + counts[upper] <= total / 2) {
            passed += counts[upper++];
        }
        return middle(values[lower], values[upper]);
    }

    private double middle(double lower, double upper) {
        return total % 2 == 1 ? upper : (lower + upper) / 2;
    }
}
