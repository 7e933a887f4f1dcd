package dynoai.schemas;

import org.jspecify.annotations.Nullable;

/**
 * One channel of a {@link RowBlock}: as packed {@link Decimal decimals} where every value came straight from a log's
 * digits, and always as doubles. An absent cell is NaN, and {@link Decimal#ABSENT}.
 *
 * <p>The arrays may be longer than the block, and belong to whoever made the column: they may be refilled once the block
 * was handled.
 */
public final class Column {
    private final long @Nullable [] decimals;
    private final double[] values;

    private Column(long @Nullable [] decimals, double[] values) {
        this.decimals = decimals;
        this.values = values;
    }

    /** A column known both ways; the caller vouches that each value is the double of its decimal. */
    public static Column of(long[] decimals, double[] values) {
        return new Column(decimals, values);
    }

    /** A column of decimals alone; their doubles are computed here. */
    public static Column ofDecimals(long[] decimals) {
        double[] values = new double[decimals.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Decimal.toDouble(decimals[i]);
        }
        return new Column(decimals, values);
    }

    /** A column of computed values, or of values with too many digits for a {@link Decimal}. */
    public static Column ofDoubles(double[] values) {
        return new Column(null, values);
    }

    public boolean hasDecimals() {
        return decimals != null;
    }

    /** The packed decimals; null when this column holds doubles only. */
    public long @Nullable [] decimals() {
        return decimals;
    }

    /** The values as doubles, NaN where absent. */
    public double[] values() {
        return values;
    }
}
