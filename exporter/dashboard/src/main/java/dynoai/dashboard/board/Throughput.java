package dynoai.dashboard.board;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Rows folded and runs ended per second, for the live charts. Thread-safe. */
public final class Throughput {
    /** The period that is kept. */
    public static final int SECONDS = 120;

    private final InstantSource clock;
    private final long[] rows = new long[SECONDS];
    private final long[] runs = new long[SECONDS];
    private long second;

    public Throughput(InstantSource clock) {
        this.clock = clock;
        this.second = now();
    }

    /**
     * The complete seconds of the period, oldest first.
     *
     * @param endSecond the last one, in seconds since the epoch
     */
    public record Seconds(long endSecond, List<Long> rows, List<Long> runs) {}

    public synchronized void rowsFolded(long count) {
        rows[slot(advance())] += count;
    }

    public synchronized void runEnded() {
        runs[slot(advance())]++;
    }

    /** Counts a run and its rows at the time it ended, if that is within the period. */
    public synchronized void runEnded(long atMillis, long rowCount) {
        long current = advance();
        long at = Math.min(current, Math.floorDiv(atMillis, 1000L));
        if (at > current - SECONDS) {
            rows[slot(at)] += rowCount;
            runs[slot(at)]++;
        }
    }

    public synchronized Seconds last() {
        long current = advance();
        List<Long> lastRows = new ArrayList<>();
        List<Long> lastRuns = new ArrayList<>();
        for (int i = 0; i < SECONDS - 1; i++) {
            int slot = slot(current - SECONDS + 1 + i);
            lastRows.add(rows[slot]);
            lastRuns.add(runs[slot]);
        }
        return new Seconds(current - 1, lastRows, lastRuns);
    }

    private long advance() {
        long now = Math.max(second, now());
        for (long empty = Math.max(second + 1, now - SECONDS + 1); empty <= now; empty++) {
            rows[slot(empty)] = 0;
            runs[slot(empty)] = 0;
        }
        second = now;
        return now;
    }

    private long now() {
        return Math.floorDiv(clock.millis(), 1000L);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }
}
