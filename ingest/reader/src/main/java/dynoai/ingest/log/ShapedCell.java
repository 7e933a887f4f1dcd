package dynoai.ingest.log;

import dynoai.schemas.log.Decimal;

/**
 * Arithmetic on the eight bytes of a cell, its last character in the top byte and padded with {@code '0'} in front.
 *
 * <p>Most cells of a column have the same number of decimals and so the same shape: digits, and a point at one place. XOR with
 * the shape leaves the digits' values, and zero at the point; one comparison finds any other byte. The digits are then combined
 * in pairs, weighted by their place.
 */
final class ShapedCell {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long ZEROS = ONES * '0';
    private static final long POINTS = ONES * '.';

    /** By scale: the bytes of a number without the values of its digits. */
    private static final long[] SHAPES = new long[8];
    /** By scale: added to a word, it sets the high bit of each byte that is not a digit, or not zero at the point. */
    private static final long[] LIFTS = new long[8];
    /** By scale: the weights of the first and third, and of the second and fourth pair of bytes. */
    private static final long[] ODD_PAIRS = new long[8];

    private static final long[] EVEN_PAIRS = new long[8];

    static {
        for (int scale = 0; scale < 8; scale++) {
            int point = scale == 0 ? 8 : 7 - scale;
            SHAPES[scale] = point == 8 ? ZEROS : ZEROS ^ (long) ('0' ^ '.') << 8 * point;
            LIFTS[scale] = ONES * 0x76 + (point == 8 ? 0 : 0x09L << 8 * point);
            ODD_PAIRS[scale] = pairCounts(4, point) | pairCounts(0, point) << 32;
            EVEN_PAIRS[scale] = pairCounts(6, point) | pairCounts(2, point) << 32;
        }
    }

    private ShapedCell() {}

    /** Returns the digit values of a cell of {@code bits / 8} bytes, 1 to 7, at the low end of a word, for {@link #isOdd}. */
    static long digits(long word, int bits, int scale) {
        return (word ^ SHAPES[scale] >>> -bits) << -bits;
    }

    /** Returns the zero characters and the point of a number with the given number of decimals, at most 7. */
    static long shape(int scale) {
        return SHAPES[scale];
    }

    /** Returns the number of bytes after the last point of eight; 0 without a point. */
    static int scaleOf(long text) {
        long points = text ^ POINTS;
        points = (points - ONES) & ~points & HIGHS;
        return points == 0 ? 0 : 7 - (Long.numberOfTrailingZeros(points) >>> 3);
    }

    /** Whether any byte is not a digit value, or not zero at the point. */
    static boolean isOdd(long digits, int scale) {
        return ((digits + LIFTS[scale] | digits) & HIGHS) != 0;
    }

    /** Returns the number of eight digits, the first in the lowest byte, or of seven and a zero at the point. */
    static long number(long digits, int scale) {
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000FF000000FFL) * ODD_PAIRS[scale]
                        + (pairs >>> 16 & 0x000000FF000000FFL) * EVEN_PAIRS[scale])
                >>> 32;
    }

    /** Returns the weight of the pair of digits at a byte and its successor in a number with the given point. */
    private static long pairCounts(int first, int point) {
        return (long) Decimal.powerOfTen(point == 8 || first >= point ? 6 - first : 5 - first);
    }
}
