package dynoai.dashboard.api;

import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.board.VisibleRuns;
import dynoai.schemas.access.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What callers may see; callers of the same shop share it. */
public final class Views {
    private static final String ALL = "all";

    /** Those that were not used for longest are made again. */
    private static final int MAX_SHOPS = 1_000;

    private final RunBoard board;
    private final Throughput throughput;
    private final RunFolders folders;
    private final Supplier<String> degraded;
    private final Map<String, View> views = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, View> eldest) {
            return size() > MAX_SHOPS;
        }
    };

    /** What a caller may see. */
    record View(VisibleRuns runs, BoardEventSource events) {}

    /** @param degraded why runs may be missing or late; empty if they are not */
    public Views(RunBoard board, Throughput throughput, RunFolders folders, Supplier<String> degraded) {
        this.board = board;
        this.throughput = throughput;
        this.folders = folders;
        this.degraded = degraded;
    }

    /** @throws IllegalArgumentException when the caller has neither a shop nor all */
    synchronized View of(Caller caller) {
        return views.computeIfAbsent(caller.isOperator() ? ALL : "shop " + caller.shop(), key -> {
            VisibleRuns runs = VisibleRuns.to(caller, board, throughput, folders, degraded);
            return new View(runs, new BoardEventSource(runs));
        });
    }
}
