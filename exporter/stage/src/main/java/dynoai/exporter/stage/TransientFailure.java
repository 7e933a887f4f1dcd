package dynoai.exporter.stage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** What is no run's fault and passes: a full disk, a mount that is gone. Nothing is committed until it is over. */
final class TransientFailure extends IOException {
    private static final long serialVersionUID = 1L;
    private static final long LEAST_FREE_BYTES = 16L << 20;

    private TransientFailure(String message, IOException cause) {
        super(message, cause);
    }

    /** A store that does not hold the log of a run, and never held one: it is not the one that the ingest fills. */
    static TransientFailure otherStore(Path store, String sha256) {
        return new TransientFailure(
                "the store of logs, " + store + ", does not hold " + sha256 + "; is it the one of the ingest?",
                new NoSuchFileException(sha256));
    }

    /** The failure as an obstacle when it is one, else as it is. */
    static IOException orFailure(IOException failure, Path runs, Path store) {
        if (failure instanceof TransientFailure) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = message.contains("no space left")
                || message.contains("disk quota")
                || message.contains("not enough space")
                || failure instanceof FileSystemException && isFull(runs);
        if (full) {
            return new TransientFailure("the disk of " + runs + " is full", failure);
        }
        if (!Files.isDirectory(store)) {
            return new TransientFailure("the store of logs, " + store + ", is not there", failure);
        }
        if (!Files.isWritable(runs)) {
            return new TransientFailure("nothing can be written to " + runs, failure);
        }
        return failure;
    }

    private static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < LEAST_FREE_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }
}
