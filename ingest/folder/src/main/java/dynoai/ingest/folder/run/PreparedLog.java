package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.LogDrafts;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.FileStamp;
import dynoai.schemas.log.Rejection;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A claimed log that was read: copied, hashed, decoded and checked.
 *
 * @param claim with the size and hash that were read
 * @param source the file that was read
 * @param stamp of the source before it was read
 * @param copy of the source; null when the log is too large to be read
 * @param run ready to be sent; null when the log is rejected
 * @param rejection why the log is rejected; empty when it is sound
 */
record PreparedLog(
        Claim claim,
        Path source,
        FileStamp stamp,
        LogDrafts.@Nullable Draft copy,
        RunTransport.@Nullable Prepared run,
        Optional<Rejection> rejection)
        implements AutoCloseable {

    /** Thrown when the log changed since it was last looked at: it must settle again. */
    static final class StillChangingException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient FileStamp seen;

        StillChangingException(FileStamp seen) {
            super("the log is still being written");
            this.seen = seen;
        }

        FileStamp seen() {
            return seen;
        }
    }

    /**
     * Checks that the log did not change while it was read, so that no run has only the first part of a log. Bytes of the
     * store never do.
     */
    void checkUnchanged() throws IOException {
        if (copy != null && copy.stored()) {
            return;
        }
        FileStamp now = FileStamp.of(source, LinkOption.NOFOLLOW_LINKS);
        if (!now.equals(stamp) || copy != null && copy.size() != stamp.size()) {
            throw new StillChangingException(now);
        }
    }

    /** Whether the store has the bytes, so that a run of them can be replayed. */
    boolean isStored() throws IOException {
        return copy != null && copy.store().contains(copy.sha256());
    }

    /** Puts the bytes into the store. */
    void keep() throws IOException {
        checkUnchanged();
        Objects.requireNonNull(copy, "a sound log was copied").keep();
        CrashPoint.INGEST_AFTER_STORE.reached();
    }

    /** Sends the claim's next attempt and returns its receipt. */
    String send() throws TransportUnavailableException, IOException {
        return Objects.requireNonNull(run, "a sound log was decoded").send();
    }

    @Override
    public void close() throws IOException {
        if (copy != null) {
            copy.close();
        }
    }
}
