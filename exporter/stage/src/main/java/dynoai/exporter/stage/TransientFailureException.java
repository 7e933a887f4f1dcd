package dynoai.exporter.stage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** A failure that no run causes and that passes, such as a full disk or a missing mount. The run is retried until it does. */
final class TransientFailureException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final long MIN_FREE_BYTES = 16L << 20;

    private TransientFailureException(String message, IOException cause) {
        super(message, cause);
    }

    /** The store lacks the log of a run and has never contained one: it is not the store that the ingest fills. */
    static TransientFailureException otherStore(Path store, String sha256) {
        return new TransientFailureException(
                "the store of logs, " + store + ", does not contain " + sha256 + "; is it the store of the ingest?",
                new NoSuchFileException(sha256));
    }

    /** The store has no readable key, by which runs are verified. */
    static TransientFailureException noKey(Path store, IOException cause) {
        return !Files.isDirectory(store)
                ? missingStore(store, cause)
                : new TransientFailureException(
                        "the store of logs, " + store + ", has no key that this process can read (" + cause
                                + "); is it the store of the ingest, and do both run as the same user?",
                        cause);
    }

    /** Returns the failure as a transient one if it is transient, else unchanged. */
    static IOException classify(IOException failure, Path runs, Path store) {
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
        if (!Files.isDirectory(store)) {
            return missingStore(store, failure);
        }
        if (!Files.isWritable(runs)) {
            return new TransientFailureException(runs + " is not writable", failure);
        }
        return failure;
    }

    private static TransientFailureException missingStore(Path store, IOException cause) {
        return new TransientFailureException("the store of logs, " + store + ", does not exist", cause);
    }

    private static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < MIN_FREE_BYTES;
        } catch (IOException ignored) {
            return false; // Without a figure the failure itself decides.
        }
    }
}
