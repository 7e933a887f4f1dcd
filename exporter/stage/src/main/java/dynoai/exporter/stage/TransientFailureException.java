package dynoai.exporter.stage;

import dynoai.schemas.record.RunStarted;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A failure that no run causes and that passes, such as a full disk or a missing mount. The run is retried until it does. */
final class TransientFailureException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final long MIN_FREE_BYTES = 16L << 20;

    private TransientFailureException(String message, @Nullable IOException cause) {
        super(message, cause);
    }

    /** The log of a run is in a store with another id. */
    static TransientFailureException otherStore(ContentStore store, RunStarted run) {
        return new TransientFailureException(
                "the log of run " + run.runId() + " is in the store with the id " + run.storeId()
                        + ", and the store of this exporter, " + store.location()
                        + ", is another one: give the exporter the --store of the ingest",
                null);
    }

    /** The store does not contain the log of a run, or a base table. */
    static TransientFailureException missing(ContentStore store, RunStarted run, String sha256, IOException cause) {
        return new TransientFailureException(
                "the store of logs, " + store.location() + ", does not contain " + sha256 + " of run " + run.runId()
                        + "; is it the store of the ingest, with everything in it?",
                cause);
    }

    /** The store has no readable key, by which runs are verified. */
    static TransientFailureException noKey(ContentStore store, IOException cause) {
        if (cause instanceof StoreUnavailableException) {
            return unavailable(cause);
        }
        return !store.exists()
                ? new TransientFailureException("the store of logs, " + store.location() + ", does not exist", cause)
                : new TransientFailureException(
                        "the store of logs, " + store.location() + ", has no key that this process can read (" + cause
                                + "); is it the store of the ingest, and do both run as the same user?",
                        cause);
    }

    private static TransientFailureException unavailable(IOException cause) {
        return new TransientFailureException(String.valueOf(cause.getMessage()), cause);
    }

    /**
     * Returns the failure as a transient one if it is transient, else unchanged.
     *
     * @param runs the local folder of the runs
     */
    static IOException classify(IOException failure, Path runs) {
        if (failure instanceof TransientFailureException) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = message.contains("no space left")
                || message.contains("disk quota")
                || message.contains("not enough space")
                || failure instanceof FileSystemException && isFull(runs);
        if (full) {
            return new TransientFailureException("the disk of " + runs + " is full", failure);
        }
        if (failure instanceof StoreUnavailableException) {
            return unavailable(failure);
        }
        if (!Files.isWritable(runs)) {
            return new TransientFailureException(runs + " is not writable", failure);
        }
        return failure;
    }

    private static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < MIN_FREE_BYTES;
        } catch (IOException ignored) {
            return false; // Without a figure the failure itself decides.
        }
    }
}
