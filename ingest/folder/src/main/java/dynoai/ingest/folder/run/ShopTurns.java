package dynoai.ingest.folder.run;

import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.ShopEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Fair turns of the shops in the drop folders of this process. A turn costs the rows of its log, estimated from its size, so a
 * shop with large logs has fewer turns; the shop with the lowest total is next. A shop that had nothing to do begins at the
 * total of the shop whose turn it was last, so it neither waits for the others' past nor saves up turns. Thread-safe.
 */
public final class ShopTurns {
    /** Bytes of a row of a usual log. */
    private static final long BYTES_PER_ROW = 80;

    /** What a run costs in addition to its rows, in rows. */
    private static final long ROWS_PER_RUN = 5_000;

    /**
     * How much of a shop may be in flight, or claimed to be sent.
     *
     * @param runs runs of a shop while other shops wait or are in flight
     * @param rows a shop with that many rows in flight has no turn
     * @param runsInAll runs that shops share; a shop alone may have all of them
     */
    public record Limits(int runs, long rows, int runsInAll) {
        public static final Limits DEFAULT = of(8, 4_000_000);

        public static Limits of(int runs, long rows) {
            return new Limits(runs, rows, Math.max(RUNS_IN_ALL, runs));
        }
    }

    private static final int RUNS_IN_ALL = 32;

    private static final class InFlight {
        private int runs;
        private long rows;
    }

    private final Limits limits;

    /** The limits of single shops. */
    private volatile Function<String, ShopEntry.Limits> ofShop = ShopEntry.Limits::none;

    /** Totals of the shops, in rows; only of shops that are not behind {@link #now}. */
    private final Map<String, Long> totals = new HashMap<>();

    private final Map<RunKey, Long> runs = new HashMap<>();
    private final Map<String, InFlight> inFlight = new HashMap<>();
    private long now;

    public ShopTurns(Limits limits) {
        this.limits = limits;
    }

    /** Uses limits of single shops from now on. Where a shop has none, the common ones count. */
    public void use(Function<String, ShopEntry.Limits> limitsOfShops) {
        ofShop = limitsOfShops;
    }

    /** Returns the total of a shop: the lowest one is next. */
    public synchronized long total(String shop) {
        return Math.max(now, totals.getOrDefault(shop, 0L));
    }

    /** Whether a shop had a turn since its total was this. */
    public synchronized boolean hadTurnSince(String shop, long total) {
        return totals.getOrDefault(shop, 0L) > total;
    }

    /** Forgets the totals that no longer matter. */
    public synchronized void forgetIdle() {
        totals.values().removeIf(total -> total <= now);
    }

    /** Whether a shop has less in flight than it may have, given all shops that wait with it. */
    public synchronized boolean hasRoom(String shop, Set<String> waiting) {
        InFlight own = inFlight.get(shop);
        if (own == null) {
            return true;
        }
        long active = waiting.size()
                + inFlight.keySet().stream()
                        .filter(other -> !waiting.contains(other))
                        .count();
        ShopEntry.Limits shops = ofShop.apply(shop);
        long rows = shops.rowsInFlight() > 0 ? shops.rowsInFlight() : limits.rows;
        long runs = shops.runsInFlight() > 0 ? shops.runsInFlight() : Math.max(limits.runs, limits.runsInAll / active);
        return own.rows < rows && own.runs < runs;
    }

    /** Takes the turn of a shop for a log of this size. */
    public synchronized void take(String shop, long bytes) {
        now = total(shop);
        int weight = Math.max(1, ofShop.apply(shop).weight());
        totals.put(shop, now + (ROWS_PER_RUN + bytes / BYTES_PER_ROW) / weight);
    }

    synchronized void begin(RunKey run, long bytes) {
        long rows = bytes / BYTES_PER_ROW;
        if (runs.putIfAbsent(run, rows) == null) {
            InFlight own = inFlight.computeIfAbsent(run.shop(), first -> new InFlight());
            own.runs++;
            own.rows += rows;
        }
    }

    synchronized void end(RunKey run) {
        Long rows = runs.remove(run);
        if (rows != null) {
            inFlight.computeIfPresent(run.shop(), (shop, own) -> {
                own.runs--;
                own.rows -= rows;
                return own.runs == 0 ? null : own;
            });
        }
    }
}
