package dynoai.app.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C for a command that runs until then: the JVM waits for the command to tidy up, but not for ever. */
public final class StopSignal implements AutoCloseable {
    /** Promised are five seconds; some of them the JVM itself takes to end. */
    private static final long PATIENCE_MILLIS = 4500;

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

    /** @return whether the command is to stop */
    public boolean await(long millis) throws InterruptedException {
        return stop.await(millis, TimeUnit.MILLISECONDS);
    }

    /** A start that is under way may take longer; it is cut off, which loses no more than a kill does. */
    private void stopAndWait() {
        stop.countDown();
        try {
            if (!stopped.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
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
