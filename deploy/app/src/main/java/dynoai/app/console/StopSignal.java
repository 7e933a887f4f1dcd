package dynoai.app.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Handles Ctrl-C for long-running commands: the JVM waits a limited time for their clean-up. */
public final class StopSignal implements AutoCloseable {
    /** A stop may take five seconds in total, and the JVM itself needs some of them. */
    private static final long MAX_CLEAN_UP_MILLIS = 4500;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private StopSignal() {}

    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndWait, "dynoai-stop"));
        return signal;
    }

    public void await() throws InterruptedException {
        stop.await();
    }

    /** Waits for the signal, and returns whether the command must stop. */
    public boolean await(long millis) throws InterruptedException {
        return stop.await(millis, TimeUnit.MILLISECONDS);
    }

    /** A node that is still starting may take longer; it is halted, which is as safe as a kill. */
    private void stopAndWait() {
        stop.countDown();
        try {
            if (!stopped.await(MAX_CLEAN_UP_MILLIS, TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reports that the clean-up is done. */
    @Override
    public void close() {
        stopped.countDown();
    }
}
