package dynoai.dashboard.http;

import dynoai.schemas.access.Caller;
import java.util.HashMap;
import java.util.Map;

/**
 * A number of places for requests that take long, of which a shop has at most a quarter, and all who have not signed in too.
 * Operators may have all. Thread-safe.
 */
final class Shares {
    private static final int PARTS = 4;

    private final int places;
    private final Map<String, Integer> takenBy = new HashMap<>();
    private int taken;

    Shares(int places) {
        this.places = places;
    }

    synchronized int taken() {
        return taken;
    }

    /** Returns whether there was a place for the caller. */
    synchronized boolean tryTake(Caller caller) {
        int own = takenBy.getOrDefault(caller.shop(), 0);
        if (taken == places || !caller.isOperator() && own >= Math.max(1, places / PARTS)) {
            return false;
        }
        taken++;
        takenBy.put(caller.shop(), own + 1);
        return true;
    }

    synchronized void release(Caller caller) {
        taken--;
        takenBy.computeIfPresent(caller.shop(), (shop, own) -> own == 1 ? null : own - 1);
    }
}
