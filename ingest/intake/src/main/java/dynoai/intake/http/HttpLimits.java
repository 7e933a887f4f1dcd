package dynoai.intake.http;

import java.time.Duration;

/**
 * What a client must keep, so that it cannot hinder others.
 *
 * @param connections open at the same time
 * @param headerBytes of a request
 * @param idle time without a byte in either direction while a request is served
 * @param head time from the connection, or from the last reply, to the end of a request's headers
 * @param grace time before the rate of a body counts
 * @param bytesPerSecond minimum average rate of a body, in either direction
 * @param requestsPerShop in progress at the same time, those that wait for runs included
 * @param downloadsPerShop of bundles and files, in progress at the same time
 */
public record HttpLimits(
        int connections,
        int headerBytes,
        Duration idle,
        Duration head,
        Duration grace,
        long bytesPerSecond,
        int requestsPerShop,
        int downloadsPerShop) {
    public static final HttpLimits DEFAULT = new HttpLimits(
            4096, 16 << 10, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(15), 512, 64, 8);

    /** Whether a body that began at this time is transferred too slowly. */
    boolean isTooSlow(long beganNanos, long bytes) {
        long nanos = System.nanoTime() - beganNanos;
        return nanos > grace.toNanos() && bytes * 1e9 < (double) bytesPerSecond * nanos;
    }
}
