package dynoai.exporter.ve;

import dynoai.exporter.ve.factor.VeException;
import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Locks on the files of a request, against other processes and threads that write the same files. */
final class OutputLock implements AutoCloseable {
    private final List<LockFile> locks = new ArrayList<>();

    private OutputLock() {}

    /** Locks all files without waiting. */
    static OutputLock of(Path... outputs) throws VeException, IOException {
        OutputLock lock = new OutputLock();
        boolean complete = false;
        try {
            for (Path output : outputs) {
                lock.add(output);
            }
            complete = true;
            return lock;
        } finally {
            if (!complete) {
                lock.close();
            }
        }
    }

    private void add(Path output) throws VeException, IOException {
        try {
            locks.add(LockFile.acquire(output.resolveSibling("." + output.getFileName() + ".lock")));
        } catch (LockFile.HeldException e) {
            throw new VeException(
                    VeException.Reason.BUSY,
                    output + " is being written by another apply or rollback, " + e.holder() + "; nothing was done");
        }
    }

    @Override
    public void close() throws IOException {
        for (LockFile lock : locks) {
            lock.close();
        }
    }
}
