package dynoai.app.console;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs work that Ctrl-C interrupts; the process then waits for its clean-up. */
public final class Interruptible {
    private static final long MAX_WAIT_SECONDS = 20;

    private Interruptible() {}

    public static <T> T run(Callable<T> work) throws Exception {
        Thread worker = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> endAndWait(worker, ended), "end-cleanly");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ignored) {
                // The JVM shuts down, and the hook interrupted the work.
            }
        }
    }

    private static void endAndWait(Thread worker, CountDownLatch ended) {
        worker.interrupt();
        try {
            if (!ended.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("dynoai: the work did not stop in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
