package dynoai.schemas.log;

/**
 * A decimal number packed into one long: {@code mantissa * 32 + scale}, worth {@code mantissa / 10^scale}.
 *
 * <p>Only numbers with {@code |mantissa| < 2^53} and {@code scale <= 22} fit: for those both operands of the division are
 * exact doubles, so the division is correctly rounded and gives the same double as a decimal parser.
 */
public final class Decimal {
    /** An absent cell. */
    public static final long ABSENT = Long.MIN_VALUE;

    /** The exclusive bound of a mantissa's magnitude. */
    public static final long MANTISSA_LIMIT = 1L << 53;

    public static final int MAX_SCALE = 22;

    private static final int SCALE_BITS = 5;
    private static final long SCALE_MASK = (1L << SCALE_BITS) - 1;

    /** Powers of ten by scale; 32 entries so that a masked index needs no range check. */
    private static final double[] POWER_OF_TEN = powers();

    private Decimal() {}

    public static long pack(long mantissa, int scale) {
        return mantissa << SCALE_BITS | scale;
    }

    public static long mantissa(long packed) {
        return packed >> SCALE_BITS;
    }

    public static int scale(long packed) {
        return (int) (packed & SCALE_MASK);
    }

    /** Returns the number, or NaN for an absent cell. Negative zero cannot be packed. */
    public static double toDouble(long packed) {
        return packed == ABSENT
                ? Double.NaN
                : (double) (packed >> SCALE_BITS) / POWER_OF_TEN[(int) (packed & SCALE_MASK)];
    }

    /** Returns a power of ten, exact up to {@link #MAX_SCALE}. */
    public static double powerOfTen(int exponent) {
        return POWER_OF_TEN[exponent];
    }

    private static double[] powers() {
        double[] powers = new double[1 << SCALE_BITS];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = i <= MAX_SCALE ? powers[i - 1] * 10.0 : Double.NaN;
        }
        return powers;
    }
}
