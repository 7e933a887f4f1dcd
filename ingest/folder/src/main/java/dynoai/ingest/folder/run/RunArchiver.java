package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Archive;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimStorage;
import dynoai.schemas.log.Rejection;
import java.io.IOException;
import java.util.Optional;

/** Archives ended runs: publishes rejections, abandons failed runs and moves their logs. Every step can be repeated. */
record RunArchiver(Archive archive, ClaimStorage claims, RunTransport transport, IngestEvents events) {

    /** Returns the run as ended if an earlier process began to archive it. */
    Optional<RunState.Ended> begun(Claim claim) throws IOException {
        Optional<Rejection> reason = archive.reason(claim);
        return reason.isPresent() || archive.isDone(claim)
                ? Optional.of(new RunState.Ended(claim, reason))
                : Optional.empty();
    }

    void archive(RunState.Ended run) throws TransportUnavailableException, IOException {
        Claim claim = run.claim();
        restoreIfLost(claim);
        if (run.failure().isEmpty()) {
            warn(claim, claims.lateWrites(claim));
            archive.done(claim);
            return;
        }
        Rejection rejection = run.failure().get();
        claims.save(claim);
        archive.writeReason(claim, rejection);
        if (claim.attempt() > 0) {
            transport.abandon(claim, rejection);
        } else {
            transport.reject(claim, rejection);
        }
        claims.dropReceipt(claim);
        archive.rejected(claim, rejection);
    }

    /** Makes what is kept of a claim again if it was removed, and says so. */
    void restoreIfLost(Claim claim) throws IOException {
        warn(claim, claims.restoreIfLost(claim));
    }

    private void warn(Claim claim, Optional<String> warning) {
        warning.ifPresent(message -> events.warning(claim.original(), message));
    }
}
