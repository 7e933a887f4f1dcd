package dynoai.analyzer.run;

/**
 * A log's own time, made to never run backwards: a row without a time, or one whose time lies before the last one, comes
 * 0.02 s after the row before it.
 */
final class LogClock {
    static final double ROW_SECONDS = 0.02;

    double lastRaw = Double.NaN;
    double offset;
    double now = Double.NaN;
    /** The last time that was not counted up, and how many rows were counted up from it. */
    double anchor;

    long counted;
    private boolean wentBack;

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
