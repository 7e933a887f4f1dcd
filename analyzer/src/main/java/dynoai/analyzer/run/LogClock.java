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
    boolean wentBack;

    /** Advances to the row's time, NaN where the log has none. */
    double advance(double raw) {
        wentBack = raw < lastRaw;
        double next = Double.isNaN(now) ? 0 : now + ROW_SECONDS;
        if (Double.isNaN(raw)) {
            now = next;
        } else if (wentBack) {
            offset = next - raw;
            now = next;
        } else {
            double shown = raw + offset;
            now = shown < now ? now : shown;
        }
        if (!Double.isNaN(raw)) {
            lastRaw = raw;
        }
        return now;
    }

    /** Whether the row just passed lies before the one before it, by the log's own time. */
    boolean wentBack() {
        return wentBack;
    }
}
