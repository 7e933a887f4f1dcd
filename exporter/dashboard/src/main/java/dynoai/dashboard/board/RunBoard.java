package dynoai.dashboard.board;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All known runs, newest first. Several sources may report the same run in any order: an earlier state never overwrites a
 * later one. Thread-safe.
 */
public final class RunBoard {
    private static final Comparator<RunLine> NEWEST_FIRST = Comparator.comparingLong(RunLine::startedMillis)
            .reversed()
            .thenComparing(RunLine::key, Comparator.reverseOrder());

    private final Map<String, RunLine> lines = new HashMap<>();
    private @Nullable List<RunLine> sorted;
    private long version;

    /** The number of runs of a shop by state and by cell. */
    public record Shop(Map<RunState, Integer> states, Map<String, Integer> cells) {}

    /** Adds a run, or merges the report into the known one. */
    public synchronized void put(RunLine reported) {
        @Nullable RunLine known = lines.get(reported.key());
        RunLine now = known == null ? reported : known.mergedWith(reported);
        if (!now.equals(known)) {
            lines.put(now.key(), now);
            changed();
        }
    }

    /** Replaces a run that is resent; the state of the earlier attempt no longer counts. */
    public synchronized void restart(RunLine resent) {
        lines.put(resent.key(), resent);
        changed();
    }

    /** Removes a run whose folder is gone, or a waiting log that was claimed. */
    public synchronized void remove(String key) {
        if (lines.remove(key) != null) {
            changed();
        }
    }

    /** Removes a file that is no longer left in the drop folder, unless it is a log by now. */
    public synchronized void removeIfLeft(String key) {
        @Nullable RunLine line = lines.get(key);
        if (line != null && line.state() == RunState.LEFT) {
            remove(key);
        }
    }

    public synchronized Optional<RunLine> find(String shop, String runId) {
        return Optional.ofNullable(lines.get(shop + '/' + runId));
    }

    /** Increases with every change. */
    public synchronized long version() {
        return version;
    }

    public Page page(Query query) {
        List<RunLine> matching = newestFirst().stream().filter(query::matches).toList();
        long first = (query.page() - 1L) * query.size();
        return new Page(matching.stream().skip(first).limit(query.size()).toList(), matching.size());
    }

    /** Returns the successful runs of a cell, oldest first: the iterations of a session. */
    public List<RunLine> iterations(String shop, String cell) {
        List<RunLine> runs = new ArrayList<>(newestFirst());
        runs.removeIf(line -> line.state() != RunState.DONE
                || !line.shop().equals(shop)
                || !line.cell().equals(cell));
        Collections.reverse(runs);
        return runs;
    }

    /** Returns other successful runs of the same vehicle or cell, newest first. */
    public List<RunLine> comparable(RunLine with, int max) {
        return newestFirst().stream()
                .filter(line -> line.state() == RunState.DONE && !line.key().equals(with.key()))
                .filter(line -> line.shop().equals(with.shop()))
                .filter(line -> line.cell().equals(with.cell()) || line.isOfVehicle(with))
                .limit(max)
                .toList();
    }

    public Map<RunState, Integer> states() {
        Map<RunState, Integer> states = new EnumMap<>(RunState.class);
        newestFirst().forEach(line -> states.merge(line.state(), 1, Integer::sum));
        return states;
    }

    /** Returns the shops by name. */
    public Map<String, Shop> shops() {
        Map<String, Shop> shops = new TreeMap<>();
        for (RunLine line : newestFirst()) {
            Shop shop = shops.computeIfAbsent(
                    line.shop(), name -> new Shop(new EnumMap<>(RunState.class), new TreeMap<>()));
            shop.states().merge(line.state(), 1, Integer::sum);
            shop.cells().merge(line.cell(), 1, Integer::sum);
        }
        return shops;
    }

    /**
     * Returns the number of runs of each cell, by name.
     *
     * @param shop empty for all shops
     */
    public Map<String, Integer> cells(String shop) {
        Map<String, Integer> cells = new TreeMap<>();
        for (RunLine line : newestFirst()) {
            if (!line.cell().isEmpty() && (shop.isEmpty() || shop.equals(line.shop()))) {
                cells.merge(line.cell(), 1, Integer::sum);
            }
        }
        return cells;
    }

    private void changed() {
        version++;
        sorted = null;
    }

    private synchronized List<RunLine> newestFirst() {
        if (sorted == null) {
            sorted = lines.values().stream().sorted(NEWEST_FIRST).toList();
        }
        return sorted;
    }
}
