package dynoai.ingest.folder.claim;

import dynoai.schemas.log.Rejection;
import java.io.IOException;
import java.util.Optional;

/** Takes the logs of ended runs. Every step can be repeated, so a step interrupted by a crash is. */
public interface Archive {
    /** Archives a log whose run folder is complete. */
    void done(Claim claim) throws IOException;

    /** Whether the log is archived as done, or was begun to be. */
    boolean isDone(Claim claim) throws IOException;

    /** Writes why a log is rejected; an earlier reason stays. */
    void writeReason(Claim claim, Rejection rejection) throws IOException;

    /** Returns why a log that is not archived yet is rejected; empty if no reason was written. */
    Optional<Rejection> reason(Claim claim) throws IOException;

    /** Archives a rejected log, or one whose run failed. */
    void rejected(Claim claim, Rejection rejection) throws IOException;
}
