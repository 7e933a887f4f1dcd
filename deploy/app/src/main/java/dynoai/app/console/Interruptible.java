package dynoai.app.console;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C end a piece of work cleanly: it is interrupted, and the process waits until it has tidied up. */
public final class Interruptible {
    private static final long LONGEST_WAIT_SECONDS = 20;

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
            } catch (IllegalStateException shuttingDown) {
                // The hook is what ended the work.
            }
        }
    }

    private static void endAndWait(Thread worker, CountDownLatch ended) {
        worker.interrupt();
        try {
            if (!ended.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("dynoai: the work under way did not end in time");
            }
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
