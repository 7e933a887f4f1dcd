package dynoai.intake.run;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunWaitsTest {
    private static final RunKey FIRST = new RunKey("shop-a", "first");
    private static final RunKey SECOND = new RunKey("shop-a", "second");
    private static final RunKey SLOW = new RunKey("shop-a", "slow");
    private static final RunKey OTHER = new RunKey("shop-b", "other");
    private static final Duration LONG = Duration.ofHours(1);

    private final Set<RunKey> ended = ConcurrentHashMap.newKeySet();
    private volatile boolean storeIsDown;
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();
    private final Queue<RunKey> lookedUp = new ConcurrentLinkedQueue<>();
    private final CountDownLatch store = new CountDownLatch(1);
    private final ShopThreads turns = new ShopThreads("turn", 4, 2);
    private final RunWaits waits = new RunWaits(this::hasEnded, turns);

    private boolean hasEnded(RunKey run) throws IOException {
        threads.add(Thread.currentThread().getName());
        lookedUp.add(run);
        if (storeIsDown) {
            throw new IOException("no store");
        }
        if (run.equals(SLOW)) {
            await(store);
        }
        if (run.runId().startsWith("many")) {
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
        return ended.contains(run);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void stop() {
        store.countDown();
        waits.close();
        turns.close();
    }

    @Test
    void runThatEnded_isReturnedAtOnce() throws Exception {
        // Given
        ended.add(SECOND);

        // When
        CompletableFuture<Set<RunKey>> wait = waits.await(List.of(FIRST, SECOND), LONG);

        // Then
        assertThat(wait.get()).containsExactly(SECOND);
    }

    @Test
    void slowStore_doesNotHoldTheCaller() throws Exception {
        // When
        CompletableFuture<Set<RunKey>> wait = waits.await(List.of(SLOW), LONG);

        // Then
        assertThat(wait).isNotDone();
        assertThat(threads).doesNotContain(Thread.currentThread().getName());
    }

    @Test
    void waitThatPasses_isAnsweredByAThreadOfTurns() throws Exception {
        // Given
        CompletableFuture<String> answered = waits.await(List.of(SLOW), Duration.ofSeconds(1))
                .thenApply(found -> Thread.currentThread().getName());

        // When
        store.countDown();

        // Then
        assertThat(answered.get()).startsWith("turn-");
    }

    @Test
    void runOfAnotherShop_isLookedUpInItsTurn() throws Exception {
        // Given
        List<RunKey> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(new RunKey("shop-a", "many-" + i));
        }
        waits.await(many, LONG);
        Awaitility.await().until(() -> lookedUp.size() > many.size() + 10);
        CompletableFuture<Set<RunKey>> other = waits.await(List.of(OTHER), LONG);
        Awaitility.await().until(() -> lookedUp.contains(OTHER));

        // When
        int before = lookedUp.size();
        ended.add(OTHER);
        other.get();

        // Then
        assertThat(lookedUp.size() - before).isLessThan(many.size() / 4);
    }

    @Test
    void everyWaitForARun_endsWithIt() throws Exception {
        // Given
        CompletableFuture<Set<RunKey>> both = waits.await(List.of(FIRST, SECOND), LONG);
        CompletableFuture<Set<RunKey>> second = waits.await(List.of(SECOND), LONG);
        CompletableFuture<Set<RunKey>> first = waits.await(List.of(FIRST), LONG);

        // When
        ended.add(SECOND);

        // Then
        assertThat(both.get()).containsExactly(SECOND);
        assertThat(second.get()).containsExactly(SECOND);
        assertThat(first).isNotDone();
    }

    @Test
    void waitWithoutAnEnd_passes() throws Exception {
        // When
        Set<RunKey> found = waits.await(List.of(FIRST), Duration.ofMillis(10)).get();

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void storeThatComesBack_isLookedUpAgain() throws Exception {
        // Given
        CompletableFuture<Set<RunKey>> wait = waits.await(List.of(FIRST), LONG);
        Awaitility.await().until(() -> lookedUp.size() > 1);
        storeIsDown = true;
        ended.add(FIRST);

        // When
        storeIsDown = false;

        // Then
        assertThat(wait.get()).containsExactly(FIRST);
    }

    @Test
    void closing_endsAllWaits() throws Exception {
        // Given
        CompletableFuture<Set<RunKey>> wait = waits.await(List.of(FIRST), LONG);

        // When
        waits.close();

        // Then
        assertThat(wait.get()).isEmpty();
    }
}
