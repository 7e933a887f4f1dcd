package dynoai.schemas.meter;

import dynoai.schemas.run.RunId;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.HashSet;
import java.util.Set;

/** The tag of meters per shop, and the bound on its values. */
public final class ShopTag {
    public static final String KEY = "shop";

    /** The number of shops with series of their own. */
    public static final int MAX_SHOPS = 200;

    /** The value that all other shops share, and names that are not valid. */
    public static final String OTHER = "other";

    private ShopTag() {}

    /** Returns a filter that keeps the first {@link #MAX_SHOPS} shops that a registry meets and replaces all others. */
    public static MeterFilter limit() {
        Set<String> shops = new HashSet<>();
        return MeterFilter.replaceTagValues(KEY, shop -> {
            synchronized (shops) {
                boolean kept = RunId.isValid(shop) && (shops.contains(shop) || shops.size() < MAX_SHOPS);
                if (kept) {
                    shops.add(shop);
                }
                return kept ? shop : OTHER;
            }
        });
    }
}
