package dynoai.analyzer.run;

import java.util.Arrays;

/**
 * The median absolute deviation of counted values that are too many to sort. Radix selection finds each rank in four passes of
 * 16 bits. A value may occur several times. The result equals that of sorting, bit for bit.
 */
final class SelectedDeviation {
    private static final int DIGIT_BITS = 16;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private SelectedDeviation() {}

    /** Counted values that can be visited repeatedly. */
    interface Values {
        void forEach(ErrorVisitor visitor);
    }

    /** @param total the sum of all counts, more than 0 */
    static double of(Values values, long total) {
        double median = median(values, total);
        return median(
                visitor -> values.forEach((value, count) -> visitor.error(Math.abs(value - median), count)), total);
    }

    private static double median(Values values, long total) {
        Selection upper = new Selection(values, total / 2);
        if (total % 2 == 1) {
            return upper.value;
        }
        return ((upper.rankAmongEqual > 0 ? upper.value : maxBelow(values, upper.value)) + upper.value) / 2;
    }

    private static double maxBelow(Values values, double bound) {
        long key = key(bound);
        double[] greatest = {Double.NEGATIVE_INFINITY};
        values.forEach((value, count) -> {
            if (key(value) < key && value >= greatest[0]) {
                greatest[0] = value;
            }
        });
        return greatest[0];
    }

    /** Orders doubles as {@link Double#compare} does, as signed numbers. */
    private static long key(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    /** The value at a rank, counted from 0. */
    private static final class Selection {
        final double value;
        final long rankAmongEqual;

        Selection(Values values, long rank) {
            long rest = rank;
            long prefix = 0;
            long[] counts = new long[DIGITS];
            for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
                count(values, shift, prefix, counts);
                int digit = 0;
                while (rest >= counts[digit]) {
                    rest -= counts[digit++];
                }
                prefix = prefix << DIGIT_BITS | digit;
            }
            long key = prefix ^ Long.MIN_VALUE;
            value = Double.longBitsToDouble(key ^ key >> 63 & Long.MAX_VALUE);
            rankAmongEqual = rest;
        }

        /** Counts the values that begin with the prefix by their next digit. */
        private static void count(Values values, int shift, long prefix, long[] counts) {
            Arrays.fill(counts, 0);
            values.forEach((value, count) -> {
                long unsigned = key(value) ^ Long.MIN_VALUE;
                if (shift == Long.SIZE - DIGIT_BITS || unsigned >>> shift + DIGIT_BITS == prefix) {
                    counts[(int) (unsigned >>> shift) & DIGITS - 1] += count;
                }
            });
        }
    }
}
