package dynoai.exporter.report.html;

/** The colour of a number: six steps on either side of zero. */
public final class HeatScale {
    private static final int STEPS = 6;

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

    /** Positive is lean: orange; negative is rich: blue. */
    public static HeatScale leanAbove(double full) {
        return new HeatScale(full, "p", "n");
    }

    /** Negative is lean: orange; positive is rich: blue. */
    public static HeatScale leanBelow(double full) {
        return new HeatScale(full, "n", "p");
    }

    /** Colours the magnitude. */
    public static HeatScale magnitude(double full) {
        return new HeatScale(full, "s", "s");
    }

    /** Returns the style class of a value; the strongest step begins at five sixths of the full scale. */
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
