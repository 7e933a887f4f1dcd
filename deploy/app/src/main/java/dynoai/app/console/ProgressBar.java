package dynoai.app.console;

import java.util.Locale;

/** One line on a terminal's stderr that says how far a batch is; nothing at all elsewhere. */
public final class ProgressBar {
    private static final int WIDTH = 24;
    private static final long NANOS_BETWEEN = 100_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Console console;
    private final long totalBytes;
    private final int totalLogs;
    private final long begin = System.nanoTime();
    private long doneBytes;
    private int doneLogs;
    private long drawnAt = begin;
    private boolean drawn;

    public ProgressBar(Console console, long totalBytes, int totalLogs) {
        this.console = console;
        this.totalBytes = totalBytes;
        this.totalLogs = totalLogs;
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
                        "%s[%s%s] %3.0f %%  %d of %d logs  %.0f MB/s",
                        CLEAR_LINE,
                        "#".repeat(full),
                        ".".repeat(WIDTH - full),
                        share * 100,
                        doneLogs,
                        totalLogs,
                        doneBytes / 1e6 / seconds));
        console.err().flush();
        drawn = true;
    }
}
