package dynoai.schemas;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a {@link RowBlock}: either packed {@link Decimal decimals}, as they come from a log's digits, or plain
 * doubles where a value was computed or has too many digits. An absent cell is NaN.
 */
public final class Column {
    private final long @Nullable [] decimals;
    private double @Nullable [] values;

    private Column(long @Nullable [] decimals, double @Nullable [] values) {
        this.decimals = decimals;
        this.values = values;
    }

    /** A column of packed decimals; {@code decimals} may be longer than the block. */
    public static Column ofDecimals(long[] decimals) {
        return new Column(decimals, null);
    }

    /** A column of doubles, NaN where absent; {@code values} may be longer than the block. */
    public static Column ofDoubles(double[] values) {
        return new Column(null, values);
    }

    public boolean hasDecimals() {
        return decimals != null;
    }

    /** The packed decimals; null when this column holds doubles. */
    public long @Nullable [] decimals() {
        return decimals;
    }

    /** The first {@code count} values as doubles, NaN where absent; computed once. */
    public double[] values(int count) {
        if (decimals != null && values == null) {
            double[] converted = new double[count];
            for (int i = 0; i < count; i++) {
                converted[i] = Decimal.toDouble(decimals[i]);
            }
            values = converted;
        }
        return Objects.requireNonNull(values);
    }
}
