package dynoai.schemas.stage;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A thread that runs an action until it is stopped. After a transient failure it waits and runs the action again; the delay
 * doubles from failure to failure up to a maximum.
 */
public final class RetryLoop {
    private final Duration minDelay;
    private final Duration maxDelay;
    private final Action action;
    private final Predicate<Throwable> isTransient;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Optional<Throwable> failure = Optional.empty();

    /** What is repeated. It returns when the loop is stopping, or after its share of periodic work. */
    @FunctionalInterface
    public interface Action {
        void run(RetryLoop loop) throws Exception;
    }

    private RetryLoop(
            String name, Duration minDelay, Duration maxDelay, Action action, Predicate<Throwable> isTransient) {
        this.minDelay = minDelay;
        this.maxDelay = maxDelay;
        this.action = action;
        this.isTransient = isTransient;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Creates a loop that {@link #start} starts.
     *
     * @param name of the thread
     * @param minDelay after an action that returned, and after the first failure in a row
     * @param maxDelay the delay is no longer than this
     * @param isTransient reports a failure and returns whether to run the action again
     */
    public static RetryLoop of(
            String name, Duration minDelay, Duration maxDelay, Action action, Predicate<Throwable> isTransient) {
        return new RetryLoop(name, minDelay, maxDelay, action, isTransient);
    }

    public RetryLoop start() {
        thread.start();
        return this;
    }

    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Whether the thread runs: it was started and neither stopped nor failed. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** The failure that ended the loop; empty while it runs and after a regular stop. */
    public Optional<Throwable> failure() {
        return failure;
    }

    /** Waits for a while, or until the loop is stopping. Returns whether it is stopping. */
    public boolean sleep(Duration time) throws InterruptedException {
        return stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Tells the action to return, without waiting for it. */
    public void requestStop() {
        stopping.countDown();
    }

    /** Stops the loop. Interrupts the action if it has not returned within the given time. */
    public void stop(Duration patience) {
        requestStop();
        try {
            thread.join(patience.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(TimeUnit.SECONDS.toMillis(1));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration delay = minDelay;
        try {
            while (true) {
                long started = System.nanoTime();
                Duration wait = minDelay;
                try {
                    action.run(this);
                    delay = minDelay;
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception | Error e) {
                    if (isStopping()) {
                        return;
                    }
                    if (!isTransient.test(e)) {
                        failure = Optional.of(e);
                        return;
                    }
                    boolean firstInARow = System.nanoTime() - started > maxDelay.toNanos();
                    wait = firstInARow ? minDelay : delay;
                    Duration doubled = wait.multipliedBy(2);
                    delay = doubled.compareTo(maxDelay) < 0 ? doubled : maxDelay;
                }
                if (sleep(wait)) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
