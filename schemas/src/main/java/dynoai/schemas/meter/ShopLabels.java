package dynoai.schemas.meter;

import dynoai.schemas.run.RunId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Shops as a label of meters. Series cost memory for ever, so only the largest shops have one of their own; all others share
 * {@code other}. A shop that outgrows the smallest of them takes its place. Safe for use by several threads.
 */
public final class ShopLabels {
    /** So many shops have a series of their own. */
    public static final int MOST = 200;

    /** What the others are called. No shop's own series can be mistaken for it: a shop of that name shares it. */
    public static final String OTHER = "other";

    private static final int MOST_REMEMBERED = 10_000;

    /** How much larger a shop must be to take a place, so that two of a size do not change places all the time. */
    private static final int MARGIN_PERCENT = 10;

    private final Consumer<String> dropped;
    private final Map<String, Long> sizes = new HashMap<>();
    private final Set<String> named = new HashSet<>();

    /** @param dropped told of a shop that lost its place: its series must go */
    public ShopLabels(Consumer<String> dropped) {
        this.dropped = dropped;
    }

    /**
     * The label of a shop.
     *
     * @param more what it grows by now
     */
    public synchronized String of(String shop, long more) {
        if (!RunId.isValid(shop) || shop.equals(OTHER)) {
            return OTHER;
        }
        long size = grow(shop, more);
        if (!named.contains(shop) && (named.size() < MOST || takesAPlace(size))) {
            named.add(shop);
        }
        return named.contains(shop) ? shop : OTHER;
    }

    private long grow(String shop, long more) {
        if (!sizes.containsKey(shop) && sizes.size() >= MOST_REMEMBERED) {
            sizes.entrySet().stream()
                    .filter(entry -> !named.contains(entry.getKey()))
                    .min(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(sizes::remove);
        }
        return sizes.merge(shop, more, Long::sum);
    }

    private boolean takesAPlace(long size) {
        String smallest = named.stream()
                .min(Comparator.comparingLong((String name) -> sizes.getOrDefault(name, 0L))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(OTHER);
        long needed = sizes.getOrDefault(smallest, 0L);
        if (size <= needed + needed * MARGIN_PERCENT / 100) {
            return false;
        }
        named.remove(smallest);
        dropped.accept(smallest);
        return true;
    }
}
