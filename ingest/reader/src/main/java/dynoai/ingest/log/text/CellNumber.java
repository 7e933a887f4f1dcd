package dynoai.ingest.log.text;

import dynoai.schemas.log.Decimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads a number from a cell's bytes: {@code [+-]?(d+.?d*|.d+)([eE][+-]?d+)?} after trimming, to the nearest double.
 *
 * <p>Up to 18 digits are collected in a long. If the result fits a {@link Decimal}, one exact division gives the double;
 * other numbers go through {@link Double#parseDouble}, which is exact and slow.
 */
public final class CellNumber {
    /** The last {@link #read} found no number. */
    public static final int NONE = 0;
    /** The last {@link #read} found a number that fits a {@link Decimal}. */
    public static final int DECIMAL = 1;
    /** The last {@link #read} found a number that is a double only. */
    public static final int WIDE = 2;

    private static final int SAFE_DIGITS = 18;

    private final boolean decimalComma;
    private long packed;
    private double value;

    /** @param decimalComma whether a single comma in a cell without a point is the decimal separator */
    public CellNumber(boolean decimalComma) {
        this.decimalComma = decimalComma;
    }

    public long packed() {
        return packed;
    }

    public double value() {
        return value;
    }

    /** Whether a cell is a number, with a point or a comma. */
    public static boolean isNumber(String cell) {
        byte[] bytes = cell.getBytes(StandardCharsets.ISO_8859_1);
        return new CellNumber(true).read(bytes, 0, bytes.length) != NONE;
    }

    public int read(byte[] bytes, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && AsciiText.isSpace(bytes[from])) {
            from++;
        }
        while (to > from && AsciiText.isSpace(bytes[to - 1])) {
            to--;
        }
        int i = from;
        boolean negative = false;
        if (i < to && (bytes[i] == '-' || bytes[i] == '+')) {
            negative = bytes[i] == '-';
            i++;
        }
        int point = decimalComma ? pointOf(bytes, i, to) : '.';
        long mantissa = 0;
        int significant = 0;
        int digits = 0;
        int scale = 0;
        boolean fraction = false;
        for (; i < to; i++) {
            int c = bytes[i];
            if (c >= '0' && c <= '9') {
                digits++;
                if (significant > 0 || c != '0') {
                    significant++;
                }
                if (significant <= SAFE_DIGITS) {
                    mantissa = mantissa * 10 + (c - '0');
                    if (fraction) {
                        scale++;
                    }
                }
            } else if (c == point && !fraction) {
                fraction = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return NONE;
        }
        boolean exact = significant <= SAFE_DIGITS;
        if (i < to) {
            int exponentAt = i;
            if ((bytes[i] | 0x20) != 'e') {
                return NONE;
            }
            i++;
            boolean negativeExponent = false;
            if (i < to && (bytes[i] == '-' || bytes[i] == '+')) {
                negativeExponent = bytes[i] == '-';
                i++;
            }
            int exponentDigits = 0;
            int exponent = 0;
            for (; i < to; i++) {
                int c = bytes[i];
                if (c < '0' || c > '9') {
                    return NONE;
                }
                exponentDigits++;
                exponent = Math.min(exponent * 10 + (c - '0'), 1_000_000);
            }
            if (exponentDigits == 0 || exponentAt == to) {
                return NONE;
            }
            scale += negativeExponent ? exponent : -exponent;
        }
        return finish(bytes, from, to, point, negative, mantissa, scale, exact);
    }

    private int finish(
            byte[] bytes, int from, int to, int point, boolean negative, long mantissa, int scale, boolean exact) {
        if (exact && mantissa == 0) {
            return zero(negative);
        }
        if (exact && mantissa < Decimal.MANTISSA_LIMIT) {
            if (scale >= 0 && scale <= Decimal.MAX_SCALE) {
                packed = Decimal.pack(negative ? -mantissa : mantissa, scale);
                value = (double) (negative ? -mantissa : mantissa) / Decimal.powerOfTen(scale);
                return DECIMAL;
            }
            if (scale < 0 && scale >= -Decimal.MAX_SCALE) {
                double magnitude = (double) mantissa * Decimal.powerOfTen(-scale);
                value = negative ? -magnitude : magnitude;
                return WIDE;
            }
        }
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        value = Double.parseDouble(point == ',' ? text.replace(',', '.') : text);
        return Double.isInfinite(value) ? NONE : WIDE;
    }

    private int zero(boolean negative) {
        if (negative) {
            value = -0.0;
            return WIDE;
        }
        packed = Decimal.pack(0, 0);
        value = 0.0;
        return DECIMAL;
    }

    /** Returns the decimal separator of the cell. */
    private static int pointOf(byte[] bytes, int from, int to) {
        int commas = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '.') {
                return '.';
            }
            if (bytes[i] == ',') {
                commas++;
            }
        }
        return commas == 1 ? ',' : '.';
    }
}
