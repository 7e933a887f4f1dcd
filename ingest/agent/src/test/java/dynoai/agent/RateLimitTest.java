package dynoai.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void parts_waitUntilTheEarlierOnesArePaid() {
        // Given
        RateLimit limit = new RateLimit(500_000, nanos::get);
        long first = limit.take(500_000);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(400));
        // When
        long second = limit.take(250_000);
        // Then
        assertThat(first).isZero();
        assertThat(second).isEqualTo(TimeUnit.MILLISECONDS.toNanos(600));
    }

    @Test
    void manyParts_takeTheTimeOfTheirBytes() {
        // Given
        RateLimit limit = new RateLimit(1_000_000, nanos::get);
        // When
        for (int part = 0; part < 101; part++) {
            nanos.addAndGet(limit.take(100_000));
        }
        // Then
        assertThat(nanos.get()).isEqualTo(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void idleTime_isNotSavedUp() {
        // Given
        RateLimit limit = new RateLimit(1000, nanos::get);
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        limit.take(1000);
        // When
        long wait = limit.take(1000);
        // Then
        assertThat(wait).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void parts_areOfASecondAtMost() {
        // Given
        RateLimit limit = new RateLimit(1000, nanos::get);
        RateLimit none = new RateLimit(0, nanos::get);
        // When
        int part = limit.maxPart(4 << 20);
        // Then
        assertThat(part).isEqualTo(1000);
        assertThat(none.maxPart(4 << 20)).isEqualTo(4 << 20);
        assertThat(none.take(1L << 40)).isZero();
    }
}
