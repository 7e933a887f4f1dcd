package dynoai.analyzer.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Counts failures of the last minute, to tell a transient failure from a lasting one. */
final class RepeatedFailures {
    static final int MAX_FAILURES = 10;

    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Deque<Long> recent = new ArrayDeque<>();

    /** Counts a failure and returns whether there were too many. */
    synchronized boolean add(long nanos) {
        recent.addLast(nanos);
        while (nanos - recent.getFirst() > WINDOW_NANOS) {
            recent.removeFirst();
        }
        return recent.size() >= MAX_FAILURES;
    }
}
