package dynoai.ingest.folder.run;

import java.io.Closeable;
import java.io.IOException;

/**
 * Logs on their way to the analyzer: those of a drop folder, or uploads. {@link #recover} continues what an earlier connection or
 * process left, {@link #runOnce} does the work there is, {@link #awaitWork} waits for more. All belong to one thread.
 */
public interface IngestWork extends Closeable {
    /** Locates the runs that were sent. Called after every connect. */
    void recover() throws IOException, TransportUnavailableException;

    /**
     * Does the work there is, waiting only for the disk and the transport.
     *
     * @return whether anything was done, so that the next call should follow at once
     */
    boolean runOnce() throws IOException, TransportUnavailableException;

    /** Waits for work, but no longer than {@code maxNanos}. */
    void awaitWork(long maxNanos) throws InterruptedException;

    /** Whether every log is archived or left alone. */
    boolean isIdle();

    /** Why logs cannot be claimed or archived; empty when they can. May be called by any thread. */
    String problem();

    /** Runs that were sent and are not archived yet. */
    int inFlight();
}
