package dynoai.dashboard.board;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows folded and runs ended per second, of all shops and of each, for the live charts. Thread-safe. */
public final class Throughput {
    /** The period that is kept. */
    public static final int SECONDS = 120;

    /** The shops in which nothing happened for longest leave. */
    private static final int MAX_SHOPS = 1_000;

    private final InstantSource clock;
    private final Counts all;
    private final Map<String, Counts> shops = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Counts> eldest) {
            return size() > MAX_SHOPS;
        }
    };

    public Throughput(InstantSource clock) {
        this.clock = clock;
        this.all = new Counts(now());
    }

    /**
     * The complete seconds of the period, oldest first.
     *
     * @param endSecond the last one, in seconds since the epoch
     */
    public record Seconds(long endSecond, List<Long> rows, List<Long> runs) {}

    public synchronized void rowsFolded(String shop, long count) {
        long now = now();
        for (Counts counts : List.of(all, of(shop, now))) {
            counts.add(counts.advance(now), count, 0);
        }
    }

    public synchronized void runEnded(String shop) {
        long now = now();
        for (Counts counts : List.of(all, of(shop, now))) {
            counts.add(counts.advance(now), 0, 1);
        }
    }

    /** Counts a run and its rows at the time it ended, if that is within the period. */
    public synchronized void runEnded(String shop, long atMillis, long rowCount) {
        long now = now();
        for (Counts counts : List.of(all, of(shop, now))) {
            long current = counts.advance(now);
            long at = Math.min(current, Math.floorDiv(atMillis, 1000L));
            if (at > current - SECONDS) {
                counts.add(at, rowCount, 1);
            }
        }
    }

    /** @param shop empty for all shops */
    public synchronized Seconds last(String shop) {
        long now = now();
        @Nullable Counts counts = shop.isEmpty() ? all : shops.get(shop);
        return (counts == null ? new Counts(now) : counts).last(now);
    }

    private Counts of(String shop, long now) {
        return shops.computeIfAbsent(shop, name -> new Counts(now));
    }

    private long now() {
        return Math.floorDiv(clock.millis(), 1000L);
    }

    /** The counts of each second, in a ring. */
    private static final class Counts {
        private final long[] rows = new long[SECONDS];
        private final long[] runs = new long[SECONDS];
        private long second;

        Counts(long second) {
            this.second = second;
        }

        void add(long at, long rowCount, long runCount) {
            rows[slot(at)] += rowCount;
            runs[slot(at)] += runCount;
        }

        Seconds last(long time) {
            long current = advance(time);
            List<Long> lastRows = new ArrayList<>();
            List<Long> lastRuns = new ArrayList<>();
            for (int i = 0; i < SECONDS - 1; i++) {
                int slot = slot(current - SECONDS + 1 + i);
                lastRows.add(rows[slot]);
                lastRuns.add(runs[slot]);
            }
            return new Seconds(current - 1, lastRows, lastRuns);
        }

        /** Returns the current second, which never goes back. */
        long advance(long time) {
            long now = Math.max(second, time);
            for (long empty = Math.max(second + 1, now - SECONDS + 1); empty <= now; empty++) {
                rows[slot(empty)] = 0;
                runs[slot(empty)] = 0;
            }
            second = now;
            return now;
        }

        private static int slot(long second) {
            return (int) Math.floorMod(second, (long) SECONDS);
        }
    }
}
