package dynoai.ingest.log;

import dynoai.schemas.log.Column;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.RowBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@link RowBlock#MAX_ROWS} parsed rows of the columns that are read, by slot, before {@link RowResolver}.
 *
 * <p>While it is filled, a slot holds mantissas at one scale, since most columns have a fixed number of decimals. {@link
 * #finish} divides them by the same power of ten in a loop that the JIT can vectorize. Mantissa and power are exact, so each
 * quotient is the correctly rounded double at any scale. A value that fits no mantissa is stored separately until then.
 */
final class RawBlock {
    /** Limits the size of a block with many columns. */
    private static final int MAX_VALUES = 64 * RowBlock.MAX_ROWS;

    /** Keeps the columns from being a power of two apart, where they would share cache lines. */
    private static final int PADDING = 24;

    final int capacity;
    /** Mantissas until {@link #finish}, then numbers; NaN if absent. */
    final double[][] values;
    /** The scale of each slot's mantissas, kept from block to block as the likeliest one. */
    final int[] scales;
    /** The same values as packed {@link Decimal decimals}, if they are needed. */
    final long @Nullable [][] decimals;

    int rows;

    private final boolean[] wide;
    private int[] wideAt = new int[0];
    private double[] wideValues = new double[0];
    private int wideCount;

    /** @param keepsDecimals whether to keep the log's digits next to the doubles */
    RawBlock(int slots, boolean keepsDecimals) {
        capacity = Math.max(1, Math.min(RowBlock.MAX_ROWS, MAX_VALUES / Math.max(1, slots)));
        decimals = keepsDecimals ? new long[slots][capacity + PADDING] : null;
        values = new double[slots][capacity + PADDING];
        scales = new int[slots];
        wide = new boolean[slots];
    }

    void clear() {
        rows = 0;
        wideCount = 0;
        Arrays.fill(wide, false);
    }

    void setAbsent(int slot, int row) {
        values[slot][row] = Double.NaN;
    }

    /** Sets a number that fits a {@link Decimal}, at any scale. */
    void setDecimal(int slot, int row, long mantissa, int scale) {
        if (scale == scales[slot] && Math.abs(mantissa) < Decimal.MANTISSA_LIMIT) {
            values[slot][row] = mantissa;
            return;
        }
        if (scale > scales[slot]) {
            raise(slot, row, scale);
        }
        double scaled = (double) mantissa * Decimal.powerOfTen(scales[slot] - scale);
        if (Math.abs(scaled) < Decimal.MANTISSA_LIMIT) {
            values[slot][row] = scaled;
        } else {
            setWide(slot, row, (double) mantissa / Decimal.powerOfTen(scale));
        }
    }

    /** Sets a number that is a double only. */
    void setWide(int slot, int row, double value) {
        if (wideCount == wideAt.length) {
            wideAt = Arrays.copyOf(wideAt, Math.max(64, wideCount * 2));
            wideValues = Arrays.copyOf(wideValues, wideAt.length);
        }
        wideAt[wideCount] = slot * RowBlock.MAX_ROWS + row;
        wideValues[wideCount++] = value;
        wide[slot] = true;
        values[slot][row] = Double.NaN;
    }

    /** Raises the scale of the slot's mantissas; one that becomes too long is stored separately. */
    private void raise(int slot, int row, int scale) {
        double[] mantissas = values[slot];
        double factor = Decimal.powerOfTen(scale - scales[slot]);
        double power = Decimal.powerOfTen(scales[slot]);
        for (int i = 0; i < row; i++) {
            double scaled = mantissas[i] * factor;
            if (Math.abs(scaled) >= Decimal.MANTISSA_LIMIT) {
                setWide(slot, i, mantissas[i] / power);
            } else {
                mantissas[i] = scaled;
            }
        }
        scales[slot] = scale;
    }

    /** Converts mantissas to numbers. */
    void finish() {
        for (int slot = 0; slot < values.length; slot++) {
            if (decimals != null && !wide[slot]) {
                pack(values[slot], decimals[slot], scales[slot], rows);
            }
            if (scales[slot] > 0) {
                divide(values[slot], Decimal.powerOfTen(scales[slot]), rows);
            }
        }
        for (int i = 0; i < wideCount; i++) {
            values[wideAt[i] / RowBlock.MAX_ROWS][wideAt[i] % RowBlock.MAX_ROWS] = wideValues[i];
        }
    }

    /** Drops the digits of the log, so that absent values can be set. */
    void makeWide() {
        Arrays.fill(wide, true);
    }

    private static void divide(double[] values, double power, int rows) {
        for (int i = 0; i < rows; i++) {
            values[i] /= power;
        }
    }

    private static void pack(double[] mantissas, long[] decimals, int scale, int rows) {
        for (int i = 0; i < rows; i++) {
            double mantissa = mantissas[i];
            decimals[i] = Double.isNaN(mantissa) ? Decimal.ABSENT : Decimal.pack((long) mantissa, scale);
        }
    }

    /** Returns the slot's values as a column. */
    Column column(int slot) {
        return decimals == null || wide[slot]
                ? Column.ofDoubles(values[slot])
                : Column.of(decimals[slot], values[slot]);
    }
}
