package dynoai.intake.run;

import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Requests that wait for runs to end. One thread looks the runs up, one after another, so the load on the store does not depend
 * on the number of clients: with few runs each is looked up ten times a second, with very many less often. The shops take turns.
 */
public final class RunWaits implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    private static final long MAX_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** First look-ups of a request before the next turn of its shop. */
    private static final int LOOKUPS_PER_TURN = 8;

    private final Lookup lookup;
    private final ShopThreads turns;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "dynoai-intake-waits");
        created.setDaemon(true);
        return created;
    });
    private final Map<RunKey, Set<Wait>> waits = new HashMap<>();
    private final Map<String, Set<RunKey>> queue = new LinkedHashMap<>();
    private boolean closed;

    /** Looks up whether a run ended. */
    @FunctionalInterface
    public interface Lookup {
        boolean hasEnded(RunKey run) throws IOException;
    }

    /** A request that waits for the first of its runs. */
    private record Wait(Set<RunKey> runs, CompletableFuture<Set<RunKey>> ended) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** @param turns run the first look-ups, and all that depends on the futures of waits */
    public RunWaits(Lookup lookup, ShopThreads turns) {
        this.lookup = lookup;
        this.turns = turns;
        @SuppressWarnings("unused") // It ends with the thread.
        Future<?> repeated = thread.scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until one of the runs ended.
     *
     * @param runs of one shop
     * @return the runs that ended; none if the time passed first
     */
    public CompletableFuture<Set<RunKey>> await(Collection<RunKey> runs, Duration timeout) {
        if (runs.isEmpty()) {
            return CompletableFuture.completedFuture(Set.of());
        }
        Executor turn = turns.of(runs.iterator().next().shop());
        long until = System.nanoTime() + timeout.toNanos();
        CompletableFuture<Set<RunKey>> first = new CompletableFuture<>();
        lookUpSome(List.copyOf(runs).iterator(), new HashSet<>(), turn, first);
        return first.thenCompose(ended -> {
            long left = until - System.nanoTime();
            return ended.isEmpty() && left > 0 ? await(runs, left, turn) : CompletableFuture.completedFuture(ended);
        });
    }

    private void lookUpSome(
            Iterator<RunKey> runs, Set<RunKey> ended, Executor turn, CompletableFuture<Set<RunKey>> all) {
        turn.execute(() -> {
            try {
                for (int i = 0; i < LOOKUPS_PER_TURN && runs.hasNext(); i++) {
                    RunKey run = runs.next();
                    if (lookup.hasEnded(run)) {
                        ended.add(run);
                    }
                }
                if (runs.hasNext()) {
                    lookUpSome(runs, ended, turn, all);
                } else {
                    all.complete(ended);
                }
            } catch (IOException | RuntimeException e) {
                all.completeExceptionally(e);
            }
        });
    }

    private CompletableFuture<Set<RunKey>> await(Collection<RunKey> runs, long nanos, Executor turn) {
        Wait wait = new Wait(Set.copyOf(runs), new CompletableFuture<>());
        add(wait);
        return wait.ended()
                .completeOnTimeout(Set.of(), nanos, TimeUnit.NANOSECONDS)
                .whenComplete((found, failure) -> remove(wait))
                // The thread of the timeouts is the only one of the process.
                .thenApplyAsync(found -> found, turn);
    }

    private synchronized void add(Wait wait) {
        if (closed) {
            wait.ended().complete(Set.of());
            return;
        }
        for (RunKey run : wait.runs()) {
            queue.computeIfAbsent(run.shop(), shop -> new LinkedHashSet<>()).add(run);
            waits.computeIfAbsent(run, each -> new HashSet<>()).add(wait);
        }
    }

    private synchronized void remove(Wait wait) {
        for (RunKey run : wait.runs()) {
            Set<Wait> others = waits.get(run);
            if (others != null && others.remove(wait) && others.isEmpty()) {
                waits.remove(run);
                removeFromQueue(run);
            }
        }
    }

    private void removeFromQueue(RunKey run) {
        Set<RunKey> others = queue.get(run.shop());
        if (others != null && others.remove(run) && others.isEmpty()) {
            queue.remove(run.shop());
        }
    }

    /** Looks up each run at most once, for a bounded time. */
    private void look() {
        long until = System.nanoTime() + MAX_TICK_NANOS;
        Map<String, Integer> left = new HashMap<>();
        synchronized (this) {
            queue.forEach((shop, runs) -> left.put(shop, runs.size()));
        }
        for (Optional<RunKey> run = next(left); run.isPresent() && System.nanoTime() < until; run = next(left)) {
            lookUp(run.get());
        }
    }

    /** Returns a run of the next shop that has some left to look up. */
    private synchronized Optional<RunKey> next(Map<String, Integer> left) {
        for (String shop : List.copyOf(queue.keySet())) {
            Set<RunKey> runs = Objects.requireNonNull(queue.remove(shop));
            queue.put(shop, runs);
            int count = left.getOrDefault(shop, 0);
            if (count > 0) {
                left.put(shop, count - 1);
                RunKey run = runs.iterator().next();
                runs.remove(run);
                runs.add(run);
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    private void lookUp(RunKey run) {
        try {
            if (!lookup.hasEnded(run)) {
                return;
            }
        } catch (IOException | RuntimeException ignored) {
            return; // The store is not available; the run is looked up again.
        }
        List<Wait> woken;
        synchronized (this) {
            woken = List.copyOf(waits.getOrDefault(run, Set.of()));
        }
        woken.forEach(wait -> wait.ended().complete(Set.of(run)));
    }

    /** Ends all waiting: nothing ended. */
    @Override
    public void close() {
        thread.shutdownNow();
        List<Wait> left;
        synchronized (this) {
            closed = true;
            left = waits.values().stream().flatMap(Set::stream).distinct().toList();
        }
        left.forEach(wait -> wait.ended().complete(Set.of()));
    }
}
