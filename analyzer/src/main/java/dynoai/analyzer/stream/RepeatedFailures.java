package dynoai.analyzer.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Tells a hiccup from a fault that does not go away: so many failures within a minute. */
final class RepeatedFailures {
    static final int TOO_MANY = 10;

    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Deque<Long> recent = new ArrayDeque<>();

    /** @return whether it is time to give up */
    synchronized boolean add(long nanos) {
        recent.addLast(nanos);
        while (nanos - recent.getFirst() > WINDOW_NANOS) {
            recent.removeFirst();
        }
        return recent.size() >= TOO_MANY;
    }
}
