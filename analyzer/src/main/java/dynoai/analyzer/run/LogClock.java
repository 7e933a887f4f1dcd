package dynoai.analyzer.run;

import dynoai.schemas.wire.UnreadableRecordException;

/**
 * A log's own time, made to never run backwards: a row without a time, or one whose time lies before the last one, comes
 * 0.02 s after the row before it.
 */
final class LogClock {
    private static final double ROW_SECONDS = 0.02;

    private double lastRaw = Double.NaN;
    private double offset;
    private double now = Double.NaN;
    /** The last time that was not counted up, and how many rows were counted up from it. */
    private double anchor;

    private long counted;
    private boolean wentBack;

    void exchange(StateExchange state) throws UnreadableRecordException {
        lastRaw = state.next(lastRaw);
        offset = state.next(offset);
        now = state.next(now);
        anchor = state.next(anchor);
        counted = state.next(counted);
    }

    /**
     * Advances over rows as long as each has a time and none lies before the one before it, and sets what the clock shows at
     * each. Returns the first row that is not so, for {@link #advance}.
     */
    int advanceSteadily(double[] raw, int from, int to, double[] shownAt) {
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

    /** Advances to the row's time, NaN where the log has none. */
    double advance(double raw) {
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

    /** Multiplied, not added up, so that five hundred rows make ten seconds. */
    private void countUp() {
        if (!Double.isNaN(now)) {
            counted++;
        }
        now = anchor + counted * ROW_SECONDS;
    }

    /** Whether the row just passed lies before the one before it, by the log's own time. */
    boolean wentBack() {
        return wentBack;
    }
}
