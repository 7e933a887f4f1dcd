package dynoai.ingest.folder;

import java.nio.file.Path;

/** Everything the ingest can report. The shell decides whether a line, a meter or a test assertion comes of it. */
public interface IngestEvents {

    /** Reports to nobody. */
    IngestEvents NONE = new IngestEvents() {};

    /** A file's state changed, before or after its claim. {@code file} is relative to the drop folder. */
    default void fileChanged(Path file, FileState state) {}

    /** A file that was seen before any claim is gone; nobody of us took it. */
    default void fileVanished(Path file) {}

    /** A run was claimed and its log is about to be read. */
    default void fileStarted(Claim claim) {}

    /** A log was read, hashed and decoded. Told by another thread than the rest. */
    default void logRead(Claim claim, long nanos) {}

    /** The transaction with a whole run took so long; {@link #fileCommitted} follows. */
    default void transactionCommitted(Claim claim, long nanos) {}

    /** A run was committed to the run log. */
    default void fileCommitted(Claim claim) {}

    /** A committed run vanished from Kafka before its result came and is sent again. */
    default void fileLostInTransit(Claim claim) {}

    /** A claim of an earlier process was found in the work folder. */
    default void claimRecovered(Claim claim) {}

    /** A scan of the drop folder ended. */
    default void scanned(int logs, int leftAlone, long nanos) {}

    /** Claiming pauses, or goes on when {@code why} is empty. */
    default void claimingPaused(String why) {}

    /** A record of Kafka's cannot be read and tells nothing. */
    default void recordPassedOver(String topic, int partition, long offset, String why) {}

    /** Something outside failed; it is tried again. */
    default void troubled(String where, Exception cause) {}
}
