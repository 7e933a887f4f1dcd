package dynoai.ingest.folder.claim;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What is kept of claims, so that runs survive a crash: in a work folder, or next to an upload. */
public interface ClaimStorage {
    /** Saves a claim durably. */
    void save(Claim claim) throws IOException;

    /** Saves the receipt by which the sent run is located. Not durable, because losing it only costs a resend. */
    void saveReceipt(Claim claim, String receipt) throws IOException;

    /** Returns the receipt of the sent run; empty without one. */
    String receipt(Claim claim) throws IOException;

    void dropReceipt(Claim claim) throws IOException;

    /**
     * Returns the log's bytes: those of the store once it has them, because they never change; else the claimed log.
     *
     * @throws NoSuchFileException if there is neither
     */
    Source source(Claim claim) throws IOException;

    /** @param stored whether the file is the store's own */
    record Source(Path file, boolean stored) {}

    /** Whether the log of a claim is not there and was never read. */
    boolean isGone(Claim claim);

    /** Removes a claim without a log. */
    void undo(Claim claim) throws IOException;

    /** Makes what is kept of a claim again if it was removed, and returns a warning if it was. */
    Optional<String> restoreIfLost(Claim claim) throws IOException;

    /** Returns a warning if the claimed log has other bytes than those that were analysed. */
    Optional<String> lateWrites(Claim claim) throws IOException;
}
