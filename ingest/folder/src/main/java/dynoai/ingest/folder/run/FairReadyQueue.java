package dynoai.ingest.folder.run;

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

/**
 * Logs that may be claimed, in the order of their shops' turns, so that no shop waits for the backlog of another.
 *
 * @param <T> what is known of a log
 */
public final class FairReadyQueue<T> {
    private record Entry<T>(T log, long bytes) {}

    /** @param total of the shop when it was queued; it is higher now if the shop had a turn meanwhile */
    private record Turn(long total, String shop) {}

    private final ShopTurns turns;
    private final Map<String, Deque<Entry<T>>> byShop = new HashMap<>();
    private final PriorityQueue<Turn> order =
            new PriorityQueue<>(Comparator.comparingLong(Turn::total).thenComparing(Turn::shop));

    public FairReadyQueue(ShopTurns turns) {
        this.turns = turns;
    }

    public void clear() {
        byShop.clear();
        order.clear();
        turns.forgetIdle();
    }

    /** @param bytes size of the log */
    public void add(String shop, long bytes, T log) {
        byShop.computeIfAbsent(shop, first -> {
                    order.add(new Turn(turns.total(shop), shop));
                    return new ArrayDeque<>();
                })
                .add(new Entry<>(log, bytes));
    }

    /** Takes the next log; null if every log is of a shop that has as much in flight as it may have. */
    public @Nullable T next() {
        List<Turn> full = new ArrayList<>();
        @Nullable T next = null;
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

    private T take(String shop) {
        Deque<Entry<T>> logs = Objects.requireNonNull(byShop.get(shop), shop);
        Entry<T> entry = logs.remove();
        turns.take(shop, entry.bytes());
        if (logs.isEmpty()) {
            byShop.remove(shop);
        } else {
            order.add(new Turn(turns.total(shop), shop));
        }
        return entry.log();
    }
}
