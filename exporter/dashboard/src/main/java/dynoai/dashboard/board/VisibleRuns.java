package dynoai.dashboard.board;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueException;
import dynoai.catalogue.run.Page;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.schemas.access.Caller;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs that a caller may see: all, or those of one shop. Nothing here shows that other shops have runs, not even a count or a
 * change. Thread-safe.
 */
public final class VisibleRuns {
    private static final String DEGRADED = "runs may be missing or late";

    /** Counters of a shop are read at most four times a second. */
    private static final long READ_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** The largest whole number that pages read exactly. */
    private static final long MAX_VERSION = (1L << 53) - 1;

    private final RunBoard board;
    private final Throughput throughput;
    private final RunFolders folders;
    private final Supplier<String> degraded;
    private final @Nullable String shop;
    private @Nullable Seen seen;

    /**
     * The states of a shop's runs at one moment.
     *
     * @param boardVersion of the board when they were read
     * @param atNanos when they were read, as of {@link System#nanoTime}
     */
    private record Seen(Map<RunState, Integer> states, long version, long boardVersion, long atNanos) {}

    /** @param shop null for all */
    private VisibleRuns(
            RunBoard board,
            Throughput throughput,
            RunFolders folders,
            Supplier<String> degraded,
            @Nullable String shop) {
        this.board = board;
        this.throughput = throughput;
        this.folders = folders;
        this.degraded = degraded;
        this.shop = shop;
    }

    /**
     * @param degraded why runs may be missing or late; empty if they are not
     * @throws IllegalArgumentException when the caller has neither a shop nor all
     */
    public static VisibleRuns to(
            Caller caller, RunBoard board, Throughput throughput, RunFolders folders, Supplier<String> degraded) {
        if (caller.isOperator()) {
            return new VisibleRuns(board, throughput, folders, degraded, null);
        }
        if (caller.shop().isEmpty()) {
            throw new IllegalArgumentException("a caller without a shop sees no runs");
        }
        return new VisibleRuns(board, throughput, folders.ofShop(caller.shop()), degraded, caller.shop());
    }

    private boolean isVisible(String of) {
        return shop == null || shop.equals(of);
    }

    /** Returns the folders of the runs. */
    public RunFolders folders() {
        return folders;
    }

    public Optional<RunLine> find(String of, String runId) throws CatalogueException {
        return isVisible(of) ? board.find(of, runId) : Optional.empty();
    }

    /** @param number of the page, from 1 */
    public Page page(Query query, int number, int size) throws CatalogueException {
        String asked = query.shop();
        return asked.isEmpty() || isVisible(asked)
                ? board.page(query.in(narrowed(asked)), number, size)
                : new Page(List.of(), 0, true);
    }

    /** Returns the shop to look in; empty for all. */
    private String narrowed(String asked) {
        return shop == null ? asked : shop;
    }

    /** Returns the first shops in alphabetical order. */
    public List<String> shopNames(int max) throws CatalogueException {
        return shop == null ? board.shopNames(max) : List.of(shop);
    }

    /**
     * Returns the first cells in alphabetical order.
     *
     * @param of a shop; empty for all
     */
    public List<String> cellNames(String of, int max) throws CatalogueException {
        return of.isEmpty() || isVisible(of) ? board.cellNames(narrowed(of), max) : List.of();
    }

    /** Returns the shops by name. */
    public Map<String, Catalogue.Shop> shops() throws CatalogueException {
        return board.shops(narrowed(""));
    }

    /** Returns the successful runs of a cell, oldest first. */
    public List<RunLine> iterations(String of, String cell) throws CatalogueException {
        return isVisible(of) ? board.iterations(of, cell) : List.of();
    }

    /** Returns the successful runs of a run's cell around it, oldest first. */
    public List<RunLine> iterations(RunLine of) throws CatalogueException {
        return isVisible(of.shop()) ? board.iterations(of) : List.of();
    }

    /** Returns other successful runs of the same vehicle or cell, newest first. */
    public List<RunLine> comparable(RunLine with, int max) throws CatalogueException {
        return isVisible(with.shop()) ? board.comparable(with, max) : List.of();
    }

    /** Returns the number of runs by state. */
    public Map<RunState, Integer> states() {
        return shop == null ? board.states() : seen(shop).states;
    }

    /** Changes with every change of the runs. */
    public long version() {
        return shop == null ? board.version() : seen(shop).version;
    }

    private synchronized Seen seen(String of) {
        long now = System.nanoTime();
        @Nullable Seen last = seen;
        if (last != null && (last.boardVersion == board.version() || now - last.atNanos < READ_NANOS)) {
            return last;
        }
        try {
            Seen read = read(of, now);
            seen = read;
            return read;
        } catch (CatalogueException ignored) {
            // What was seen last remains until the catalogue can be read again.
            return last == null ? new Seen(Map.of(), 0, -1, now) : last;
        }
    }

    private Seen read(String of, long now) throws CatalogueException {
        long boardVersion = board.version();
        long changes = board.changesOf(of);
        Map<String, Catalogue.Shop> own = board.shops(of);
        Map<RunState, Integer> states = new EnumMap<>(RunState.class);
        own.values().forEach(each -> states.putAll(each.states()));
        // Another process may have changed the catalogue, which shows in the counters.
        long version = (changes << Integer.SIZE | Integer.toUnsignedLong(own.hashCode())) & MAX_VERSION;
        return new Seen(Map.copyOf(states), version, boardVersion, now);
    }

    /** Returns the rows and runs of the last seconds. */
    public Throughput.Seconds lastSeconds() {
        return lastSeconds("");
    }

    /**
     * Returns the rows and runs of a shop in the last seconds.
     *
     * @param of empty for all that are visible
     */
    public Throughput.Seconds lastSeconds(String of) {
        return throughput.last(narrowed(of));
    }

    /** Returns why runs may be missing or late; empty if they are not. */
    public String degraded() {
        String why = degraded.get();
        return shop == null || why.isEmpty() ? why : DEGRADED;
    }
}
