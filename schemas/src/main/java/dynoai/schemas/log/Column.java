package dynoai.schemas.log;

import org.jspecify.annotations.Nullable;

/**
 * One channel of a {@link RowBlock}: as packed {@link Decimal decimals} where every value came straight from a log's
 * digits, and always as doubles. An absent cell is NaN, and {@link Decimal#ABSENT}.
 *
 * <p>The arrays may be longer than the block, and their owner is the creator of the column, which may refill them once the
 * block was handled.
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

    /** A column known both ways; the caller vouches that each value is the double of its decimal. */
    public static Column of(long[] decimals, double[] values) {
        return new Column(decimals, PACKED, values);
    }

    /** A column of decimals of one scale that are not packed; the caller vouches as for {@link #of}, and absent cells are NaN. */
    public static Column ofMantissas(long[] mantissas, int scale, double[] values) {
        return new Column(mantissas, scale, values);
    }

    /** A column of decimals alone; their doubles are computed here. */
    public static Column ofDecimals(long[] decimals) {
        double[] values = new double[decimals.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Decimal.toDouble(decimals[i]);
        }
        return new Column(decimals, PACKED, values);
    }

    /** A column of computed values, or of values with too many digits for a {@link Decimal}. */
    public static Column ofDoubles(double[] values) {
        return new Column(null, PACKED, values);
    }

    public boolean hasDecimals() {
        return decimals != null;
    }

    /** The packed decimals; null when this column holds doubles only. */
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

    /** The values as doubles, NaN where absent. */
    public double[] values() {
        return values;
    }
}
