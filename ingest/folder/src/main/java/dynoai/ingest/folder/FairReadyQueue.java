package dynoai.ingest.folder;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Complete files by shop, handed out one per shop in turn, so that a shop's thousands do not hold back another's one. */
final class FairReadyQueue {
    record Entry(FolderScan.Found file, Settling.Verdict.Complete seen) {}

    private final TreeMap<String, Deque<Entry>> byShop = new TreeMap<>();
    private String lastShop = "";

    void clear() {
        byShop.clear();
    }

    void add(Entry entry) {
        byShop.computeIfAbsent(entry.file().shop(), shop -> new ArrayDeque<>()).add(entry);
    }

    boolean isEmpty() {
        return byShop.isEmpty();
    }

    @Nullable
    Entry next() {
        Map.Entry<String, Deque<Entry>> turn = byShop.higherEntry(lastShop);
        if (turn == null) {
            turn = byShop.firstEntry();
        }
        if (turn == null) {
            return null;
        }
        lastShop = turn.getKey();
        Entry entry = turn.getValue().poll();
        if (turn.getValue().isEmpty()) {
            byShop.remove(lastShop);
        }
        return entry;
    }
}
