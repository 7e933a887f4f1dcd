package dynoai.schemas.log;

/** Log time made monotonic: a row without a time, or with an earlier one, comes 0.02 s after the previous row. */
public final class LogClock {
    private static final double ROW_SECONDS = 0.02;

    private double lastRaw = Double.NaN;
    private double offset;
    private double now = Double.NaN;
    /** The last time from the log, and the number of rows since then. */
    private double anchor;

    private long counted;
    private boolean wentBack;

    /** Everything that the next rows depend on, so that a clock continues in another process. */
    public record State(double lastRaw, double offset, double now, double anchor, long counted) {}

    public State state() {
        return new State(lastRaw, offset, now, anchor, counted);
    }

    public void restore(State state) {
        lastRaw = state.lastRaw();
        offset = state.offset();
        now = state.now();
        anchor = state.anchor();
        counted = state.counted();
    }

    /**
     * Advances over rows with ascending times and sets the clock at each. Returns the first other row, for {@link #advance}.
     */
    public int advanceSteadily(double[] raw, int from, int to, double[] shownAt) {
        double before = lastRaw;
        double latest = now;
        int row = from;
        for (; row < to && raw[row] >= before; row++) {
            before = raw[row];
            double shown = before + offset;
            latest = shown < latest ? latest : shown;
            shownAt[row] = latest;
        }
        if (row > from) {
            lastRaw = before;
            now = latest;
            anchor = latest;
            counted = 0;
        }
        return row;
    }

    /** Advances to the row's time; NaN stands for none. */
    public double advance(double raw) {
        wentBack = raw < lastRaw;
        if (Double.isNaN(raw) || wentBack) {
            countUp();
            if (wentBack) {
                offset = now - raw;
                lastRaw = raw;
            }
            return now;
        }
        double shown = raw + offset;
        now = shown < now ? now : shown;
        anchor = now;
        counted = 0;
        lastRaw = raw;
        return now;
    }

    /** Counts rows from the anchor, so that 500 rows are exactly ten seconds. */
    private void countUp() {
        if (!Double.isNaN(now)) {
            counted++;
        }
        now = anchor + counted * ROW_SECONDS;
    }

    /** Whether the time of the last row was before that of its predecessor. */
    public boolean wentBack() {
        return wentBack;
    }
}
