package dynoai.ingest.folder;

import dynoai.ingest.folder.scan.FolderScan;
import dynoai.ingest.folder.scan.Settling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Complete files, handed out round-robin by shop so that no shop waits for the backlog of another. */
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
        Map.Entry<String, Deque<Entry>> shop = byShop.higherEntry(lastShop);
        if (shop == null) {
            shop = byShop.firstEntry();
        }
        if (shop == null) {
            return null;
        }
        lastShop = shop.getKey();
        Entry entry = shop.getValue().poll();
        if (shop.getValue().isEmpty()) {
            byShop.remove(lastShop);
        }
        return entry;
    }
}
