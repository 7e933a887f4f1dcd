package dynoai.schemas;

import java.util.HashSet;
import java.util.Set;

/**
 * Shops as a label of meters. Series cost memory for ever, so only the first shops that are seen have one of their own; all
 * later ones share {@code other}. Safe for use by several threads.
 */
public final class ShopLabels {
    /** So many shops have a series of their own. */
    public static final int MOST = 200;

    /** What the others are called. No shop's own series can be mistaken for it: a shop of that name shares it. */
    public static final String OTHER = "other";

    private final Set<String> named = new HashSet<>();

    public synchronized String of(String shop) {
        if (!named.contains(shop) && named.size() < MOST && RunId.isValid(shop)) {
            named.add(shop);
        }
        return named.contains(shop) ? shop : OTHER;
    }
}
