package dynoai.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C for a command that runs until then: the JVM waits for the command to tidy up, but not for ever. */
final class StopSignal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private StopSignal() {}

    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndWait, "dynoai-stop"));
        return signal;
    }

    void await() throws InterruptedException {
        stop.await();
    }

    /** @return whether the command is to stop */
    boolean await(long millis) throws InterruptedException {
        return stop.await(millis, TimeUnit.MILLISECONDS);
    }

    private void stopAndWait() {
        stop.countDown();
        try {
            if (!stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.OTHER);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has tidied up. */
    @Override
    public void close() {
        stopped.countDown();
    }
}
