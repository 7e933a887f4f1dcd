package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.ArchiveFolders;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.Claims;
import dynoai.schemas.log.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Archives ended runs: publishes rejections, abandons failed runs and moves their logs. Every step can be repeated. */
record RunArchiver(ArchiveFolders folders, Claims claims, RunTransport transport, IngestEvents events) {

    /** Returns the run as ended if an earlier process began to archive it. */
    Optional<RunState.Ended> begun(Claim claim) throws IOException {
        Optional<Rejection> reason = folders.reason(claim);
        return reason.isPresent() || folders.isDone(claim)
                ? Optional.of(new RunState.Ended(claim, reason))
                : Optional.empty();
    }

    void archive(RunState.Ended run) throws TransportUnavailableException, IOException {
        Claim claim = run.claim();
        restoreIfLost(claim);
        if (run.failure().isEmpty()) {
            reportLateWrites(claim);
            folders.done(claim);
            return;
        }
        Rejection rejection = run.failure().get();
        claims.save(claim);
        folders.writeReason(claim, rejection);
        if (claim.attempt() > 0) {
            transport.abandon(claim, rejection);
        } else {
            transport.reject(claim, rejection);
        }
        claims.dropReceipt(claim);
        folders.rejected(claim, rejection);
    }

    /** Makes the folder of a claim again if it was removed from the work folder, and says so. */
    void restoreIfLost(Claim claim) throws IOException {
        if (claims.restoreIfLost(claim)) {
            events.warning(
                    claim.original(),
                    "the folder of run " + claim.runId() + " was removed; "
                            + (Files.exists(claims.log(claim))
                                    ? "it is made again from the store"
                                    : "the log was not read yet, drop it again"));
        }
    }

    /** A program can write through a handle it opened before the claim. Those rows have no run, so they are reported. */
    private void reportLateWrites(Claim claim) throws IOException {
        Path log = claims.log(claim);
        if (Files.exists(log) && Files.size(log) != claim.size()) {
            events.warning(
                    claim.original(),
                    "it was written to after it was claimed; run " + claim.runId() + " is of its first " + claim.size()
                            + " bytes, drop it again to analyse all of it");
        }
    }
}
