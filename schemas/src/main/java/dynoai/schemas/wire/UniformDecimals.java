package dynoai.schemas.wire;

import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.RowBlock;

/**
 * Converts the decimals of a column to one scale. The doubles stay the same as long as the mantissas stay below their limit.
 * An absent cell repeats the mantissa of the one before, which makes its delta 0.
 */
final class UniformDecimals {
    private static final byte[] NONE_ABSENT = {};

    private final long[] mantissas = new long[RowBlock.MAX_ROWS];
    private byte[] absent = NONE_ABSENT;
    private int scale;

    /** @return false if the column has no common scale */
    boolean fit(long[] decimals, int count) {
        absent = NONE_ABSENT;
        if (isUniform(decimals, count)) {
            scale = count == 0 ? 0 : Decimal.scale(decimals[0]);
            for (int i = 0; i < count; i++) {
                mantissas[i] = Decimal.mantissa(decimals[i]);
            }
            return true;
        }
        scale = maxScale(decimals, count);
        long previous = 0;
        for (int i = 0; i < count; i++) {
            long packed = decimals[i];
            if (packed == Decimal.ABSENT) {
                markAbsent(i, count);
            } else {
                long mantissa = Decimal.mantissa(packed);
                for (int s = Decimal.scale(packed); s < scale; s++) {
                    mantissa *= 10;
                    if (Math.abs(mantissa) >= Decimal.MANTISSA_LIMIT) {
                        return false;
                    }
                }
                previous = mantissa;
            }
            mantissas[i] = previous;
        }
        return true;
    }

    /** Whether no cell is absent and all have one scale, as in most columns. */
    private static boolean isUniform(long[] decimals, int count) {
        long first = count == 0 ? 0 : decimals[0];
        long differences = 0;
        boolean anyAbsent = false;
        for (int i = 0; i < count; i++) {
            differences |= decimals[i] ^ first;
            anyAbsent |= decimals[i] == Decimal.ABSENT;
        }
        return !anyAbsent && Decimal.scale(differences) == 0;
    }

    private static int maxScale(long[] decimals, int count) {
        int max = 0;
        for (int i = 0; i < count; i++) {
            if (decimals[i] != Decimal.ABSENT) {
                max = Math.max(max, Decimal.scale(decimals[i]));
            }
        }
        return max;
    }

    private void markAbsent(int cell, int count) {
        if (absent.length == 0) {
            absent = new byte[(count + 7) / 8];
        }
        absent[cell >> 3] |= (byte) (1 << (cell & 7));
    }

    int scale() {
        return scale;
    }

    byte[] absent() {
        return absent;
    }

    /** The mantissas; the array is longer than the column. */
    long[] mantissas() {
        return mantissas;
    }
}
