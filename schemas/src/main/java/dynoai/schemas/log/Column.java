package dynoai.schemas.log;

import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link RowBlock}: always as doubles, and as packed {@link Decimal decimals} if all values are decimals of the log.
 * An absent cell is NaN, and {@link Decimal#ABSENT}.
 *
 * <p>The arrays may be longer than the block. They belong to the producer, which may refill them after the block is handled.
 */
public final class Column {
    private static final int PACKED = -1;

    private final long @Nullable [] decimals;
    private final int scale;
    private final double[] values;

    private Column(long @Nullable [] decimals, int scale, double[] values) {
        this.decimals = decimals;
        this.scale = scale;
        this.values = values;
    }

    /** Returns a column of both forms. Each value must be the double of its decimal. */
    public static Column of(long[] decimals, double[] values) {
        return new Column(decimals, PACKED, values);
    }

    /** Returns a column of unpacked decimals of one scale. Each value must be the double of its decimal; absent cells are NaN. */
    public static Column ofMantissas(long[] mantissas, int scale, double[] values) {
        return new Column(mantissas, scale, values);
    }

    /** Returns a column of decimals and computes their doubles. */
    public static Column ofDecimals(long[] decimals) {
        double[] values = new double[decimals.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Decimal.toDouble(decimals[i]);
        }
        return new Column(decimals, PACKED, values);
    }

    /** Returns a column of computed values, or of values with too many digits for a {@link Decimal}. */
    public static Column ofDoubles(double[] values) {
        return new Column(null, PACKED, values);
    }

    /** Returns the packed decimals, or null if the column has doubles only. */
    public long @Nullable [] decimals() {
        long[] cells = decimals;
        if (cells == null || scale == PACKED) {
            return cells;
        }
        long[] packed = new long[values.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = Double.isNaN(values[i]) ? Decimal.ABSENT : Decimal.pack(cells[i], scale);
        }
        return packed;
    }

    /** Returns the values, NaN where absent. */
    public double[] values() {
        return values;
    }
}
