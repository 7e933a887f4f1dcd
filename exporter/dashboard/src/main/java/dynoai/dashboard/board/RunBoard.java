package dynoai.dashboard.board;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueEntry;
import dynoai.catalogue.CatalogueException;
import dynoai.catalogue.CatalogueSnapshot;
import dynoai.catalogue.RowId;
import dynoai.catalogue.run.Page;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs in flight, in front of a catalogue of those that ended. Several sources may report the same run in any order: an earlier
 * state never overwrites a later one. A run that ended stays here until {@link #flush} has written it to the catalogue. Thread-safe.
 */
public final class RunBoard {
    /** The oldest lines beyond this leave the board; the catalogue has them when they end. */
    private static final int MAX_LINES = 20_000;

    private static final int MAX_SHOPS = 10_000;

    /** A shorter wait would be none. */
    private static final long MIN_WAIT_NANOS = 1_000_000;

    /** Successful runs of a cell before and after a run. */
    private static final int MAX_ITERATIONS = 2_000;

    private static final Comparator<RunLine> NEWEST_FIRST =
            Comparator.comparingLong(RowId::of).reversed().thenComparing(RunLine::key, Comparator.reverseOrder());

    private final Catalogue catalogue;
    private final Map<String, RunLine> lines = new LinkedHashMap<>();
    private final Map<RunState, Integer> states = new EnumMap<>(RunState.class);

    /** Keys that may be in the catalogue: runs that ended, and runs in flight that were just reported. */
    private final Set<String> unsettled = new LinkedHashSet<>();

    /**
     * The board at one moment.
     *
     * @param unsettled those that may be in the catalogue
     */
    private record Here(List<RunLine> lines, List<RunLine> unsettled) {}

    private Catalogue.Summary stored = new Catalogue.Summary(-1, Map.of());
    private long version;

    /** By shop. Those that have not changed for longest are counted from the start again. */
    private final Map<String, Long> changes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_SHOPS;
        }
    };

    public RunBoard(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Adds a run, or merges the report into the known one. */
    public synchronized void put(RunLine reported) {
        @Nullable RunLine known = lines.get(reported.key());
        RunLine now = known == null ? reported : known.mergedWith(reported);
        if (!now.equals(known)) {
            set(now);
        }
    }

    /** Replaces a run that is resent; the state of the earlier attempt no longer counts. */
    public synchronized void restart(RunLine resent) {
        set(resent);
    }

    /** Removes a waiting log that was claimed. */
    public synchronized void remove(String key) {
        @Nullable RunLine line = lines.remove(key);
        unsettled.remove(key);
        if (line != null) {
            count(line, -1);
            changed(line);
        }
    }

    /** Removes a file that is no longer left in the drop folder, unless it is a log by now. */
    public synchronized void removeIfLeft(String key) {
        @Nullable RunLine line = lines.get(key);
        if (line != null && line.state() == RunState.LEFT) {
            remove(key);
        }
    }

    /** Removes runs that were written to the catalogue, and shows what else has changed there. */
    public void written(Collection<RunLine> entries) throws CatalogueException {
        moved(entries, catalogue.summary());
        changed();
        entries.forEach(this::changed);
    }

    /** Shows what was changed in the catalogue. */
    public void refresh() throws CatalogueException {
        Catalogue.Summary now = catalogue.summary();
        boolean isNew;
        synchronized (this) {
            isNew = now.version() != stored.version();
            stored = now;
        }
        if (isNew) {
            changed();
        }
    }

    private synchronized void changed() {
        version++;
    }

    private synchronized void changed(RunLine line) {
        version++;
        changes.merge(line.shop(), 1L, Long::sum);
    }

    /** Returns how often this process has seen a change of a shop's runs. */
    synchronized long changesOf(String shop) {
        return changes.getOrDefault(shop, 0L);
    }

    /** Counts runs in the catalogue from now on, not here. */
    private synchronized void moved(Collection<RunLine> entries, Catalogue.Summary now) {
        Map<RunState, Integer> before = states();
        for (RunLine entry : entries) {
            @Nullable RunLine line = lines.get(entry.key());
            if (line != null && line.state().compareTo(entry.state()) <= 0) {
                lines.remove(entry.key());
                unsettled.remove(entry.key());
                count(line, -1);
            }
        }
        if (now.version() >= stored.version()) {
            stored = now;
        }
        if (!states().equals(before)) {
            version++; // Runs were counted here and in the catalogue.
        }
    }

    /** Writes the runs that ended to the catalogue, and removes runs in flight that ended before. */
    public void flush() throws CatalogueException {
        List<RunLine> reported = unsettled();
        if (reported.isEmpty()) {
            return;
        }
        catalogue.put(reported.stream()
                .filter(RunBoard::isEnded)
                .map(CatalogueEntry::reported)
                .toList());
        Map<String, CatalogueEntry> known = catalogue.find(reported);
        moved(known.values().stream().map(CatalogueEntry::line).toList(), catalogue.summary());
        settled(reported);
    }

    /** Waits until a run must be written, or for a time. */
    public synchronized void awaitReport(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); unsettled.isEmpty() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, MIN_WAIT_NANOS));
        }
    }

    private synchronized void settled(List<RunLine> reported) {
        for (RunLine line : reported) {
            if (line.equals(lines.get(line.key()))) {
                unsettled.remove(line.key());
            }
        }
    }

    private synchronized Here here() {
        return new Here(snapshot(), unsettled());
    }

    private synchronized List<RunLine> unsettled() {
        return unsettled.stream()
                .flatMap(key -> Stream.ofNullable(lines.get(key)))
                .toList();
    }

    public Optional<RunLine> find(String shop, String runId) throws CatalogueException {
        @Nullable RunLine line = line(shop + '/' + runId);
        Optional<RunLine> known = catalogue.find(shop, runId).map(CatalogueEntry::line);
        return line == null ? known : Optional.of(known.map(line::mergedWith).orElse(line));
    }

    private synchronized @Nullable RunLine line(String key) {
        return lines.get(key);
    }

    /** Increases with every change. */
    public synchronized long version() {
        return version;
    }

    /** @param number of the page, from 1 */
    public Page page(Query query, int number, int size) throws CatalogueException {
        // The board first: a run that moves to the catalogue meanwhile is then found in both, not in neither.
        Here here = here();
        return catalogue.readSnapshot(snapshot -> page(here, snapshot, query, number, size));
    }

    private static Page page(Here here, CatalogueSnapshot catalogue, Query query, int number, int size) {
        Map<String, CatalogueEntry> twice = catalogue.find(here.unsettled);
        List<RunLine> mine = here.lines.stream()
                .map(line -> twice.containsKey(line.key())
                        ? line.mergedWith(twice.get(line.key()).line())
                        : line)
                .filter(query::matches)
                .sorted(NEWEST_FIRST)
                .toList();
        Catalogue.Total total = catalogue.count(query);
        long also = twice.values().stream()
                .filter(entry -> query.matches(entry.line()))
                .count();
        long first = (number - 1L) * size;
        long offset = Math.max(0, first - mine.size());
        List<RunLine> stored =
                catalogue.list(query, offset, Math.toIntExact(first - offset) + size + twice.size()).stream()
                        .filter(line -> !twice.containsKey(line.key()))
                        .toList();
        // Lines of the board before the first stored one are on earlier pages.
        long before = offset == 0 ? 0 : stored.isEmpty() ? first - total.runs() : newerThan(stored.get(0), mine);
        long skipped = stored.isEmpty() && offset > 0 ? 0 : first - offset - before;
        List<RunLine> runs = Stream.concat(mine.stream().skip(Math.max(0, before)), stored.stream())
                .sorted(NEWEST_FIRST)
                .skip(Math.max(0, skipped))
                .limit(size)
                .toList();
        return new Page(runs, total.runs() - also + mine.size(), total.exact());
    }

    private static long newerThan(RunLine stored, List<RunLine> mine) {
        return mine.stream()
                .filter(line -> NEWEST_FIRST.compare(line, stored) < 0)
                .count();
    }

    private synchronized List<RunLine> snapshot() {
        return List.copyOf(lines.values());
    }

    /** Returns the successful runs of a cell, oldest first: the iterations of a session. The latest ones, if there are many. */
    public List<RunLine> iterations(String shop, String cell) throws CatalogueException {
        Query query = doneIn(shop, cell);
        return iterations(query, catalogue.list(query, 0, MAX_ITERATIONS));
    }

    /** Returns the successful runs of a run's cell around it, oldest first. */
    List<RunLine> iterations(RunLine of) throws CatalogueException {
        Query query = doneIn(of.shop(), of.cell());
        List<RunLine> stored = new ArrayList<>(catalogue.newer(query, of, MAX_ITERATIONS));
        stored.addAll(catalogue.older(query, of, MAX_ITERATIONS));
        catalogue.find(of.shop(), of.runId()).map(CatalogueEntry::line).ifPresent(stored::add);
        return iterations(query, stored);
    }

    private static Query doneIn(String shop, String cell) {
        return new Query("", shop, cell, RunState.DONE.key(), "", Query.Period.ALWAYS);
    }

    private List<RunLine> iterations(Query query, List<RunLine> stored) {
        Map<String, RunLine> runs = new LinkedHashMap<>();
        Stream.concat(snapshot().stream(), stored.stream())
                .filter(line -> query.matches(line) && line.cell().equals(query.cell()))
                .forEach(line -> runs.merge(line.key(), line, RunLine::mergedWith));
        return runs.values().stream().sorted(NEWEST_FIRST.reversed()).toList();
    }

    /** Returns other successful runs of the same vehicle or cell, newest first. */
    public List<RunLine> comparable(RunLine with, int max) throws CatalogueException {
        Map<String, RunLine> runs = new LinkedHashMap<>();
        Stream<RunLine> here = snapshot().stream()
                .filter(line -> line.state() == RunState.DONE && !line.key().equals(with.key()))
                .filter(line -> line.shop().equals(with.shop()))
                .filter(line -> line.cell().equals(with.cell()) || line.isOfVehicle(with));
        Stream.concat(here, catalogue.comparable(with, max).stream())
                .forEach(line -> runs.merge(line.key(), line, RunLine::mergedWith));
        return runs.values().stream().sorted(NEWEST_FIRST).limit(max).toList();
    }

    /** Returns the number of runs by state. */
    public synchronized Map<RunState, Integer> states() {
        Map<RunState, Integer> all = new EnumMap<>(RunState.class);
        all.putAll(stored.states());
        states.forEach((state, count) -> all.merge(state, count, Integer::sum));
        all.values().removeIf(count -> count == 0);
        return all;
    }

    /**
     * Returns the shops by name.
     *
     * @param only the only shop; empty for all
     */
    Map<String, Catalogue.Shop> shops(String only) throws CatalogueException {
        List<RunLine> here = snapshot();
        Map<String, Catalogue.Shop> shops = catalogue.shops(only);
        for (RunLine line : here) {
            if (!only.isEmpty() && !only.equals(line.shop())) {
                continue;
            }
            Catalogue.Shop shop = shops.computeIfAbsent(
                    line.shop(), name -> new Catalogue.Shop(new EnumMap<>(RunState.class), new TreeMap<>()));
            shop.states().merge(line.state(), 1, Integer::sum);
            shop.cells().merge(line.cell(), 1, Integer::sum);
        }
        return shops;
    }

    /** Returns the first shops in alphabetical order. */
    List<String> shopNames(int max) throws CatalogueException {
        Set<String> names = new TreeSet<>(catalogue.shopNames(max));
        snapshot().forEach(line -> names.add(line.shop()));
        return names.stream().limit(max).toList();
    }

    /**
     * Returns the first cells in alphabetical order.
     *
     * @param shop empty for all shops
     */
    List<String> cellNames(String shop, int max) throws CatalogueException {
        Set<String> names = new TreeSet<>(catalogue.cellNames(shop, max));
        for (RunLine line : snapshot()) {
            if (!line.cell().isEmpty() && (shop.isEmpty() || shop.equals(line.shop()))) {
                names.add(line.cell());
            }
        }
        return names.stream().limit(max).toList();
    }

    private static boolean isEnded(RunLine line) {
        return line.state() != RunState.LEFT && !line.state().isInFlight();
    }

    private void set(RunLine now) {
        @Nullable RunLine before = lines.put(now.key(), now);
        if (before == null || isEnded(now)) {
            unsettled.add(now.key());
        }
        if (before != null) {
            count(before, -1);
        }
        count(now, 1);
        changed(now);
        notifyAll();
        if (lines.size() > MAX_LINES) {
            remove(lines.keySet().iterator().next());
        }
    }

    private void count(RunLine line, int by) {
        states.merge(line.state(), by, Integer::sum);
    }
}
