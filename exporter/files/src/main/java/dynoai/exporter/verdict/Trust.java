package dynoai.exporter.verdict;

import dynoai.exporter.diagnose.Diagnostics;
import java.util.Locale;

/** How far the value of a cell can be trusted, by its accepted rows and the spread of their errors. */
public enum Trust {
    /** No accepted row. */
    NONE,

    /** Fewer than {@link Diagnostics#ENOUGH_SAMPLES} rows. */
    WEAK,

    /** Enough rows, but their spread leaves the mean uncertain by more than {@link #SETTLED_PERCENT}. */
    SCATTERED,

    FIRM;

    /** A mean is settled when its standard error is at most this many percent of AFR. */
    public static final double SETTLED_PERCENT = 1.0;

    /** Scales a median absolute deviation to a standard deviation. */
    private static final double MAD_TO_DEVIATION = 1.4826;

    private static final long MAX_NEEDED = 1000;

    /** @param mad median absolute deviation of the errors in percent; NaN if unknown */
    public static Trust of(long rows, double mad) {
        if (rows == 0) {
            return NONE;
        }
        return rows < Diagnostics.ENOUGH_SAMPLES ? WEAK : missing(rows, mad) > 0 ? SCATTERED : FIRM;
    }

    /** Returns the rows that a cell needs in addition until it is firm. */
    public static long missing(long rows, double mad) {
        double deviation = Double.isNaN(mad) ? 0 : MAD_TO_DEVIATION * mad / SETTLED_PERCENT;
        long forSpread = (long) Math.min(MAX_NEEDED, Math.ceil(deviation * deviation));
        return Math.max(0, Math.max(Diagnostics.ENOUGH_SAMPLES, forSpread) - rows);
    }

    /** Returns the name in JSON and in style sheets. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
