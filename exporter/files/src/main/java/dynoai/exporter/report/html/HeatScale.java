package dynoai.exporter.report.html;

/** The colour of a number: five steps on either side of zero. */
public final class HeatScale {
    /** Percent of AFR error with the strongest colour. */
    public static final double FULL_ERROR_PERCENT = 10;

    /** Degrees of retard with the strongest colour. */
    public static final double FULL_SPARK_DEG = 5;

    static final int STEPS = 5;

    /** The style of an empty cell. */
    public static final String NONE = "none";

    private static final String ZERO = "zero";

    private final double full;
    private final String above;
    private final String below;

    private HeatScale(double full, String above, String below) {
        this.full = full;
        this.above = above;
        this.below = below;
    }

    /** Positive is lean: amber; negative is rich: blue. */
    public static HeatScale leanAbove(double full) {
        return new HeatScale(full, "high", "low");
    }

    /** Negative is lean: amber; positive is rich: blue. */
    public static HeatScale leanBelow(double full) {
        return new HeatScale(full, "low", "high");
    }

    /** Colours the magnitude. */
    public static HeatScale magnitude(double full) {
        return new HeatScale(full, "s", "s");
    }

    double full() {
        return full;
    }

    /** Whether negative is lean. */
    boolean isInverted() {
        return above.equals("low");
    }

    /** Returns the style class of a value; the strongest step begins at four fifths of the full scale. */
    public String style(double value) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        if (value == 0) {
            return ZERO;
        }
        double step = Math.ceil(Math.abs(value) / full * STEPS);
        int bounded = step >= STEPS ? STEPS : Math.max(1, (int) step);
        return (value > 0 ? above : below) + bounded;
    }
}
