package dynoai.intake.run;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads for work on behalf of shops. The shops take turns, and each has a few threads at most, so a shop with much work
 * delays only itself. Thread-safe.
 */
public final class ShopThreads implements AutoCloseable {
    private final ExecutorService threads;
    private final int maxPerShop;
    private final Map<String, Line> lines = new HashMap<>();

    /** The work of a shop, and how many of its turns are in the queue of the threads or in progress. */
    private static final class Line {
        private final Queue<Runnable> work = new ArrayDeque<>();
        private int turns;
    }

    /** @param name of the threads */
    public ShopThreads(String name, int maxThreads, int maxPerShop) {
        this.maxPerShop = maxPerShop;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(maxThreads, task -> {
            Thread created = new Thread(task, name + "-" + number.incrementAndGet());
            created.setDaemon(true);
            return created;
        });
    }

    /** Returns the executor of a shop. */
    public Executor of(String shop) {
        return task -> add(shop, task);
    }

    private synchronized void add(String shop, Runnable task) {
        Line line = lines.computeIfAbsent(shop, each -> new Line());
        line.work.add(task);
        if (line.turns < maxPerShop) {
            threads.execute(() -> runOnce(shop, line));
            line.turns++;
        }
    }

    /** Runs one task. The next turn of the shop is behind those of the others. */
    private void runOnce(String shop, Line line) {
        try {
            Runnable task = next(line);
            if (task != null) {
                task.run();
            }
        } finally {
            endTurn(shop, line);
        }
    }

    private synchronized @Nullable Runnable next(Line line) {
        return line.work.poll();
    }

    private synchronized void endTurn(String shop, Line line) {
        if (!line.work.isEmpty() && !threads.isShutdown()) {
            threads.execute(() -> runOnce(shop, line));
            return;
        }
        line.turns--;
        if (line.turns == 0) {
            lines.remove(shop, line);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
