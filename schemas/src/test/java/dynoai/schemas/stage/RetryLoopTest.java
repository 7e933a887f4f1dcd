package dynoai.schemas.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetryLoopTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final List<String> reported = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch reached = new CountDownLatch(1);

    private boolean report(Throwable failure) {
        reported.add(String.valueOf(failure.getMessage()));
        return failure instanceof IOException;
    }

    private void awaitReached() throws InterruptedException {
        assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void transientFailure_isReportedAndTheActionRunsAgain() throws Exception {
        // Given
        AtomicInteger runs = new AtomicInteger();
        RetryLoop loop = RetryLoop.of(
                "test",
                SHORT,
                SHORT,
                it -> {
                    if (runs.incrementAndGet() < 3) {
                        throw new IOException("failure " + runs.get());
                    }
                    reached.countDown();
                    it.sleep(LONG);
                },
                this::report);
        // When
        loop.start();
        awaitReached();
        // Then
        assertThat(reported).containsExactly("failure 1", "failure 2");
        assertThat(loop.failure()).isEmpty();
        loop.stop(LONG);
    }

    @Test
    void otherFailure_endsTheLoop() throws Exception {
        // Given
        RetryLoop loop = RetryLoop.of(
                "test",
                SHORT,
                SHORT,
                it -> {
                    throw new IllegalStateException("a bug");
                },
                failure -> {
                    reached.countDown();
                    return report(failure);
                });
        // When
        loop.start();
        awaitReached();
        loop.stop(LONG);
        // Then
        assertThat(loop.failure()).containsInstanceOf(IllegalStateException.class);
        assertThat(loop.isAlive()).isFalse();
    }

    @Test
    void stop_endsTheDelayAfterAFailure() throws Exception {
        // Given
        RetryLoop loop = RetryLoop.of(
                "test",
                LONG,
                LONG,
                it -> {
                    reached.countDown();
                    throw new IOException("away");
                },
                this::report);
        loop.start();
        awaitReached();
        // When
        loop.stop(LONG);
        // Then
        assertThat(loop.isAlive()).isFalse();
        assertThat(loop.failure()).isEmpty();
    }

    @Test
    void stop_interruptsAnActionThatDoesNotReturn() throws Exception {
        // Given
        RetryLoop loop = RetryLoop.of(
                "test",
                SHORT,
                SHORT,
                it -> {
                    reached.countDown();
                    new CountDownLatch(1).await();
                },
                this::report);
        loop.start();
        awaitReached();
        // When
        loop.stop(SHORT);
        // Then
        assertThat(loop.isAlive()).isFalse();
        assertThat(reported).isEmpty();
    }
}
