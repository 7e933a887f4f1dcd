package dynoai.ingest.folder;

import dynoai.ingest.folder.run.ShopTurns;
import dynoai.ingest.folder.scan.FolderScan;
import dynoai.ingest.folder.scan.Settling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Complete files in the order of their shops' turns, so that no shop waits for the backlog of another. */
final class FairReadyQueue {
    record Entry(FolderScan.Found file, Settling.Verdict.Complete seen) {}

    /** @param total of the shop when it was queued; it is higher now if the shop had a turn meanwhile */
    private record Turn(long total, String shop) {}

    private final ShopTurns turns;
    private final Map<String, Deque<Entry>> byShop = new HashMap<>();
    private final PriorityQueue<Turn> order =
            new PriorityQueue<>(Comparator.comparingLong(Turn::total).thenComparing(Turn::shop));

    FairReadyQueue(ShopTurns turns) {
        this.turns = turns;
    }

    void clear() {
        byShop.clear();
        order.clear();
        turns.forgetIdle();
    }

    void add(Entry entry) {
        String shop = entry.file().shop();
        byShop.computeIfAbsent(shop, first -> {
                    order.add(new Turn(turns.total(shop), shop));
                    return new ArrayDeque<>();
                })
                .add(entry);
    }

    /** Takes the next file; null if every file is of a shop that has as much in flight as it may have. */
    @Nullable
    Entry next() {
        List<Turn> full = new ArrayList<>();
        Entry next = null;
        while (next == null && !order.isEmpty()) {
            Turn turn = order.remove();
            if (!turns.hasRoom(turn.shop(), byShop.keySet())) {
                full.add(turn);
            } else if (turns.hadTurnSince(turn.shop(), turn.total())) {
                order.add(new Turn(turns.total(turn.shop()), turn.shop()));
            } else {
                next = take(turn.shop());
            }
        }
        order.addAll(full);
        return next;
    }

    private Entry take(String shop) {
        Deque<Entry> files = Objects.requireNonNull(byShop.get(shop), shop);
        Entry entry = files.remove();
        turns.take(shop, entry.file().attributes().size());
        if (files.isEmpty()) {
            byShop.remove(shop);
        } else {
            order.add(new Turn(turns.total(shop), shop));
        }
        return entry;
    }
}
