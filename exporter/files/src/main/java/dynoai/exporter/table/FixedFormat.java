package dynoai.exporter.table;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Formats numbers with a fixed number of decimals, rounded half to even on the exact binary value: 2.675 becomes 2.67 (its
 * double is below the tie) and 0.125 becomes 0.12. A negative value that rounds to zero keeps its sign.
 */
public final class FixedFormat {
    private static final int MAX_DECIMALS = 15;
    private static final double[] POWER_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /** Doubles below this have a bit for the half. */
    private static final double EXACT_HALVES = 1L << 52;

    private FixedFormat() {}

    /**
     * @param value a finite number
     * @param decimals from 0 to 15
     * @param plus whether other than negative numbers begin with a plus
     */
    public static String format(double value, int decimals, boolean plus) {
        StringBuilder text = new StringBuilder(16);
        append(text, value, decimals, plus);
        return text.toString();
    }

    /**
     * Returns the rounded number in units of its last decimal.
     *
     * @param value less than 2^52 units in magnitude
     */
    public static long units(double value, int decimals) {
        double magnitude = Math.abs(value);
        if (!(magnitude * POWER_OF_TEN[decimals] < EXACT_HALVES)) {
            throw new IllegalArgumentException(value + " has too many units of " + decimals + " decimals");
        }
        long units = roundedUnits(magnitude, POWER_OF_TEN[decimals]);
        return value < 0 ? -units : units;
    }

    static void append(StringBuilder text, double value, int decimals, boolean plus) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("only finite numbers are written, not " + value);
        }
        if (decimals < 0 || decimals > MAX_DECIMALS) {
            throw new IllegalArgumentException("decimals must be 0 to " + MAX_DECIMALS + ", not " + decimals);
        }
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        if (negative) {
            text.append('-');
        } else if (plus) {
            text.append('+');
        }
        double magnitude = Math.abs(value);
        if (magnitude * POWER_OF_TEN[decimals] < EXACT_HALVES) {
            appendUnits(text, roundedUnits(magnitude, POWER_OF_TEN[decimals]), decimals);
        } else {
            text.append(new BigDecimal(magnitude)
                    .setScale(decimals, RoundingMode.HALF_EVEN)
                    .toPlainString());
        }
    }

    /**
     * Returns magnitude times power, rounded. A fused multiply-add gives the exact rounding error of the product. The error is
     * smaller than the product's last bit, so it matters only for ties.
     */
    private static long roundedUnits(double magnitude, double power) {
        double product = magnitude * power;
        long whole = (long) product;
        double aboveHalf = product - whole - 0.5;
        if (aboveHalf == 0) {
            double error = Math.fma(magnitude, power, -product);
            boolean up = error > 0 || error == 0 && (whole & 1) == 1;
            return up ? whole + 1 : whole;
        }
        return aboveHalf > 0 ? whole + 1 : whole;
    }

    private static void appendUnits(StringBuilder text, long units, int decimals) {
        String digits = Long.toString(units);
        int wholeDigits = digits.length() - decimals;
        if (wholeDigits > 0) {
            text.append(digits, 0, wholeDigits);
        } else {
            text.append('0');
        }
        if (decimals > 0) {
            text.append('.');
            for (int zero = wholeDigits; zero < 0; zero++) {
                text.append('0');
            }
            text.append(digits, Math.max(wholeDigits, 0), digits.length());
        }
    }
}
