package dynoai.ingest.log;

import dynoai.schemas.log.Column;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.RowBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@link RowBlock#MAX_ROWS} rows of the columns that are read, slot by slot, before any of SPEC's rules.
 *
 * <p>While it is filled, a slot holds whole numbers: mantissas at one scale for the whole slot, as a log's columns have one
 * number of decimals. {@link #finish} divides them all by the same power of ten, which the processor does several at a
 * time. Mantissa and power are exact, so each quotient is the correctly rounded double whatever scale it was brought to.
 * A value that fits no mantissa is kept aside and put in its place at the end.
 */
final class RawBlock {
    /** Keeps a block small however many columns are read. */
    private static final int MOST_VALUES = 64 * RowBlock.MAX_ROWS;

    /** Keeps the columns from lying a power of two apart, where they would fight for the same lines of the cache. */
    private static final int SPREAD = 24;

    final int capacity;
    /** Mantissas until the block is finished, then numbers; NaN where absent. */
    final double[][] values;
    /** The power of ten that a slot's mantissas are divided by; kept from block to block as the likeliest one. */
    final int[] scales;
    /** The same values as packed {@link Decimal decimals}; null where nobody needs them. */
    final long @Nullable [][] decimals;

    int rows;

    private final boolean[] wide;
    private int[] asideAt = new int[0];
    private double[] asideValues = new double[0];
    private int aside;

    /** @param keepsDecimals whether the log's digits are kept beside the doubles */
    RawBlock(int slots, boolean keepsDecimals) {
        capacity = Math.max(1, Math.min(RowBlock.MAX_ROWS, MOST_VALUES / Math.max(1, slots)));
        decimals = keepsDecimals ? new long[slots][capacity + SPREAD] : null;
        values = new double[slots][capacity + SPREAD];
        scales = new int[slots];
        wide = new boolean[slots];
    }

    void clear() {
        rows = 0;
        aside = 0;
        Arrays.fill(wide, false);
    }

    void setAbsent(int slot, int row) {
        values[slot][row] = Double.NaN;
    }

    /** Sets a number that fits a {@link Decimal}, at whatever scale. */
    void setDecimal(int slot, int row, long mantissa, int scale) {
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

    /** Sets a number that is known as a double only. */
    void setWide(int slot, int row, double value) {
        if (aside == asideAt.length) {
            asideAt = Arrays.copyOf(asideAt, Math.max(64, aside * 2));
            asideValues = Arrays.copyOf(asideValues, asideAt.length);
        }
        asideAt[aside] = slot * RowBlock.MAX_ROWS + row;
        asideValues[aside++] = value;
        wide[slot] = true;
        values[slot][row] = Double.NaN;
    }

    /** Brings the slot's mantissas so far to a higher scale; one that grows too long is kept aside. */
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

    /** Turns mantissas into numbers. */
    void finish() {
        for (int slot = 0; slot < values.length; slot++) {
            if (decimals != null && !wide[slot]) {
                pack(values[slot], decimals[slot], scales[slot], rows);
            }
            if (scales[slot] > 0) {
                divide(values[slot], Decimal.powerOfTen(scales[slot]), rows);
            }
        }
        for (int i = 0; i < aside; i++) {
            values[asideAt[i] / RowBlock.MAX_ROWS][asideAt[i] % RowBlock.MAX_ROWS] = asideValues[i];
        }
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

    /** The slot's values as a channel. */
    Column column(int slot) {
        return decimals == null || wide[slot]
                ? Column.ofDoubles(values[slot])
                : Column.of(decimals[slot], values[slot]);
    }
}
