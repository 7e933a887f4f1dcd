package dynoai.analyzer.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Counts failures of the last minute, to tell a transient failure from a lasting one. Those of an unavailable Kafka do not
 * count: in an outage every thread fails, again and again.
 */
final class RepeatedFailures {
    static final int MAX_FAILURES = 10;

    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Deque<Long> recent = new ArrayDeque<>();

    /** Counts a failure and returns whether there were too many. */
    synchronized boolean add(long nanos, Throwable failure) {
        if (isOfUnavailableKafka(failure)) {
            return false;
        }
        recent.addLast(nanos);
        while (nanos - recent.getFirst() > WINDOW_NANOS) {
            recent.removeFirst();
        }
        return recent.size() >= MAX_FAILURES;
    }

    private static boolean isOfUnavailableKafka(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }
}
