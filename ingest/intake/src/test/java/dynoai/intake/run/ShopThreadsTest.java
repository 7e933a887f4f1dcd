package dynoai.intake.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopThreadsTest {
    private final CountDownLatch store = new CountDownLatch(1);
    private final ShopThreads turns = new ShopThreads("turn", 3, 2);

    @AfterEach
    void stop() {
        store.countDown();
        turns.close();
    }

    private void awaitStore() {
        try {
            store.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shopWhoseWorkStops_leavesAThreadForOthers() {
        // Given
        for (int i = 0; i < 100; i++) {
            turns.of("shop-a").execute(this::awaitStore);
        }

        // When
        String answer =
                CompletableFuture.supplyAsync(() -> "done", turns.of("shop-b")).join();

        // Then
        assertThat(answer).isEqualTo("done");
    }

    @Test
    void allWork_isDoneOnce() {
        // Given
        AtomicInteger done = new AtomicInteger();
        CompletableFuture<?>[] work = new CompletableFuture<?>[1_000];

        // When
        for (int i = 0; i < work.length; i++) {
            work[i] = CompletableFuture.runAsync(done::incrementAndGet, turns.of("shop-" + i % 3));
        }
        CompletableFuture.allOf(work).join();

        // Then
        assertThat(done).hasValue(work.length);
    }
}
