package dynoai.intake.http;

import dynoai.schemas.access.Caller;
import java.util.HashMap;
import java.util.Map;

/** Counts the requests of each shop that are in progress. Thread-safe. */
final class InProgress {
    private static final int RETRY_SECONDS = 2;

    private final String what;
    private final int maxPerShop;
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param what is limited, in the plural */
    InProgress(String what, int maxPerShop) {
        this.what = what;
        this.maxPerShop = maxPerShop;
    }

    /**
     * Counts a request until it has completed.
     *
     * @throws RequestException if its shop has too many in progress
     */
    void begin(Exchange exchange) throws RequestException {
        Caller caller = exchange.caller();
        if (!add(caller.shop())) {
            throw RequestException.later(
                    ErrorCode.QUOTA_EXCEEDED,
                    "more than " + maxPerShop + " " + what + " at the same time",
                    RETRY_SECONDS);
        }
        exchange.whenCompleted(() -> remove(caller.shop()));
    }

    private synchronized boolean add(String shop) {
        int count = counts.getOrDefault(shop, 0);
        if (count >= maxPerShop) {
            return false;
        }
        counts.put(shop, count + 1);
        return true;
    }

    private synchronized void remove(String shop) {
        counts.computeIfPresent(shop, (each, count) -> count == 1 ? null : count - 1);
    }
}
