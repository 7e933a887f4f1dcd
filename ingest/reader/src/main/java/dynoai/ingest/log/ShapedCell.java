package dynoai.ingest.log;

import dynoai.schemas.log.Decimal;

/**
 * Arithmetic on the eight bytes that hold a whole cell, its last character in the top byte and zeros, as characters, in front.
 *
 * <p>A column's cells mostly have one number of decimals, and so one shape: digits, and a point at one place. XOR with the
 * shape leaves the digits' values, and zero where the point is; anything else than digits and that point shows in one
 * comparison. The digits are then combined in pairs that count as much as their places on either side of the point.
 */
final class ShapedCell {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long ZEROS = ONES * '0';
    private static final long POINTS = ONES * '.';

    /** By scale: what the bytes of a number that ends in the top byte are but for the digits' own values. */
    private static final long[] SHAPES = new long[8];
    /** By scale: what lifts each byte that is no digit, and the point's own unless it is zero, above 0x7F. */
    private static final long[] LIFTS = new long[8];
    /** By scale: what the first and third, and the second and fourth pair of bytes count. */
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

    /** The digits' values of a cell of {@code bits / 8} bytes, 1 to 7, at the low end of a word: as {@link #isOdd} takes them. */
    static long digits(long word, int bits, int scale) {
        return (word ^ SHAPES[scale] >>> -bits) << -bits;
    }

    /** The zero characters and the point of a number with so many decimals, at most 7. */
    static long shape(int scale) {
        return SHAPES[scale];
    }

    /** How many bytes stand after the last point of eight; 0 without a point. */
    static int scaleOf(long text) {
        long points = text ^ POINTS;
        points = (points - ONES) & ~points & HIGHS;
        return points == 0 ? 0 : 7 - (Long.numberOfTrailingZeros(points) >>> 3);
    }

    /** Whether any byte is neither a digit's value nor, where the scale has its point, zero. */
    static boolean isOdd(long digits, int scale) {
        return ((digits + LIFTS[scale] | digits) & HIGHS) != 0;
    }

    /** The number of eight digits, the first in the lowest byte, or of seven around a zero where the point was. */
    static long number(long digits, int scale) {
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000FF000000FFL) * ODD_PAIRS[scale]
                        + (pairs >>> 16 & 0x000000FF000000FFL) * EVEN_PAIRS[scale])
                >>> 32;
    }

    /** What the pair of digits at two bytes counts in a number whose point stands at a third. */
    private static long pairCounts(int first, int point) {
        return (long) Decimal.powerOfTen(point == 8 || first >= point ? 6 - first : 5 - first);
    }
}
