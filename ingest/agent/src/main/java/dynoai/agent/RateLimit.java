package dynoai.agent;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Limits the bytes a second. What is taken at once is paid for before the next is sent. Used by one thread. */
final class RateLimit {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long bytesPerSecond;
    private final LongSupplier nanoClock;
    private long paidAt;

    /** @param bytesPerSecond 0 for no limit */
    RateLimit(long bytesPerSecond, LongSupplier nanoClock) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoClock = nanoClock;
        this.paidAt = nanoClock.getAsLong();
    }

    /** Takes bytes and returns for how many nanoseconds to wait before they are sent. */
    long take(long bytes) {
        if (bytesPerSecond == 0) {
            return 0;
        }
        long now = nanoClock.getAsLong();
        long wait = Math.max(0, paidAt - now);
        paidAt = now + wait + (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
        return wait;
    }

    /** The most that should be sent at once, so that the rate is even. */
    int maxPart(int max) {
        return bytesPerSecond == 0 ? max : (int) Math.max(1, Math.min(max, bytesPerSecond));
    }
}
