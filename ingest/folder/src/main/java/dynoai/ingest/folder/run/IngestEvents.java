package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.stage.StageEvents;
import java.nio.file.Path;

/** Everything the ingest reports. Listeners turn it into log lines, meters or test assertions. */
public interface IngestEvents extends StageEvents {
    IngestEvents NONE = new IngestEvents() {};

    /** The state of a file changed, before or after its claim. {@code file} is relative to the drop folder. */
    default void fileChanged(Path file, FileState state) {}

    /** Reports a change of state. A listener's bug becomes a warning, since no file may end the ingest. */
    static void report(IngestEvents events, Path file, FileState state) {
        try {
            events.fileChanged(file, state);
        } catch (RuntimeException e) {
            events.warning(file.toString(), "its state cannot be reported: " + e);
        }
    }

    /** A file that was seen before is gone, without having been claimed. */
    default void fileVanished(Path file) {}

    /** A file was claimed as a run and its log is about to be read. */
    default void fileStarted(Claim claim) {}

    /** A log is being read: its rows and bytes so far. Reported a few times a second, by another thread than the rest. */
    default void logProgress(Claim claim, long rows, long bytes) {}

    /** A log was read to its end and has this many rows. Reported by another thread than the rest. */
    default void logCounted(Claim claim, long rows) {}

    /** A log was read, hashed and decoded. Reported by another thread than the rest. */
    default void logRead(Claim claim, long nanos) {}

    /** The transaction with a whole run was committed; {@link #fileCommitted} follows. */
    default void transactionCommitted(Claim claim, long nanos) {}

    /** A run was committed to the run log and its claim says so. */
    default void fileCommitted(Claim claim) {}

    /** A run is resent because Kafka lost its records before its result came. */
    default void runResent(Claim claim) {}

    /** A claim of another process was found in the work folder. */
    default void claimRecovered(Claim claim) {}

    /** The drop folder was scanned and has this many unclaimed logs. */
    default void scanned(int logs, long nanos) {}

    /** Claiming pauses, or continues when {@code why} is empty. */
    default void claimingPaused(String why) {}

    /** A Kafka record cannot be decoded and is skipped. */
    default void recordSkipped(String topic, int partition, long offset, String why) {}
}
