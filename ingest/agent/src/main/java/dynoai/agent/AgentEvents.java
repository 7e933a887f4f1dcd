package dynoai.agent;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import java.nio.file.Path;

/** What an agent reports in addition to the events of its drop folder. */
public interface AgentEvents extends IngestEvents {
    /** The intake answers: for the first time, or again. */
    default void connected() {}

    /** The intake cannot be used, for a new reason. It is tried again. */
    default void disconnected(String why) {}

    /** A log is being sent, and this number of its bytes has arrived. */
    default void uploadProgress(Claim claim, long bytes) {}

    /** The files of a run are in its folder at the shop. Reported by another thread than the rest. */
    default void runReturned(Claim claim, Path folder) {}
}
