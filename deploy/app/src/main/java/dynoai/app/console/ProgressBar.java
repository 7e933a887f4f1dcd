package dynoai.app.console;

import java.util.Locale;
import java.util.function.IntFunction;

/** One line on a terminal's stderr that says how far a batch or an upload is; nothing at all elsewhere. */
public final class ProgressBar {
    private static final int WIDTH = 24;
    private static final long NANOS_BETWEEN = 100_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Console console;
    private final long totalBytes;
    private final IntFunction<String> what;
    private final long begin = System.nanoTime();
    private long doneBytes;
    private int doneLogs;
    private long drawnAt = begin;
    private boolean drawn;

    private ProgressBar(Console console, long totalBytes, IntFunction<String> what) {
        this.console = console;
        this.totalBytes = totalBytes;
        this.what = what;
    }

    /** Returns the bar of a batch of logs. */
    public static ProgressBar of(Console console, long totalBytes, int totalLogs) {
        return new ProgressBar(console, totalBytes, done -> done + " of " + totalLogs + " logs");
    }

    /** Returns the bar of a single file. */
    public static ProgressBar of(Console console, long totalBytes, String file) {
        return new ProgressBar(console, totalBytes, done -> SingleLine.of(file));
    }

    public synchronized void bytesRead(long bytes) {
        doneBytes += bytes;
        long now = System.nanoTime();
        if (console.errIsTerminal() && now - drawnAt >= NANOS_BETWEEN) {
            drawnAt = now;
            draw(now);
        }
    }

    /** Counts a finished log and clears the bar, so that its line can be printed. */
    public synchronized void logEnded(Runnable print) {
        doneLogs++;
        clear();
        print.run();
    }

    public synchronized void clear() {
        if (drawn) {
            console.err().print(CLEAR_LINE);
            console.err().flush();
            drawn = false;
        }
    }

    private void draw(long now) {
        double share = totalBytes == 0 ? 0 : Math.min(1, (double) doneBytes / totalBytes);
        int full = (int) (share * WIDTH);
        double seconds = (now - begin) / 1e9;
        console.err()
                .print(String.format(
                        Locale.ROOT,
                        "%s[%s%s] %3.0f %%  %s  %.1f MB/s",
                        CLEAR_LINE,
                        "#".repeat(full),
                        ".".repeat(WIDTH - full),
                        share * 100,
                        what.apply(doneLogs),
                        doneBytes / 1e6 / seconds));
        console.err().flush();
        drawn = true;
    }
}
