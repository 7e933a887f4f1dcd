package dynoai.ingest.admit;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimStorage;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of uploads. A claim follows from the accepted log; what is saved next to the upload is the attempt and the receipt, so
 * that every process can continue with the run.
 */
record UploadClaims(ContentStore store, Uploads uploads) implements ClaimStorage {

    /** Returns the claim of an accepted log, with the attempt under which it was sent last. */
    Claim claim(LogAccepted log) throws IOException {
        AnalysisOptions options = AnalysisOptions.defaults();
        Optional<Rejection> rejection = Optional.empty();
        try {
            options = AnalysisOptions.of(log.options());
        } catch (InvalidOptionException e) {
            rejection = Optional.of(Rejection.of(
                    FailureCode.OPTION_REFUSED,
                    log.fileName() + ": " + e.getMessage(),
                    "upload it with other options"));
        }
        return new Claim(
                log.runId(),
                log.shop(),
                log.cell(),
                log.bike(),
                String.join("/", log.shop(), log.cell(), log.fileName()),
                log.fileName(),
                log.sizeBytes(),
                log.sha256(),
                options,
                Map.of(),
                rejection,
                uploads.attempt(log.run()),
                log.force(),
                Instant.ofEpochMilli(log.acceptedAtMillis()),
                "");
    }

    @Override
    public void save(Claim claim) throws IOException {
        uploads.saveAttempt(claim.key(), claim.attempt());
    }

    @Override
    public void saveReceipt(Claim claim, String receipt) throws IOException {
        uploads.saveReceipt(claim.key(), receipt);
    }

    @Override
    public String receipt(Claim claim) throws IOException {
        return uploads.receipt(claim.key());
    }

    @Override
    public void dropReceipt(Claim claim) throws IOException {
        uploads.dropReceipt(claim.key());
    }

    @Override
    public Source source(Claim claim) throws IOException {
        return new Source(store.fetch(claim.sha256()), true);
    }

    @Override
    public boolean isGone(Claim claim) {
        return false;
    }

    @Override
    public void undo(Claim claim) {}

    @Override
    public Optional<String> restoreIfLost(Claim claim) {
        return Optional.empty();
    }

    @Override
    public Optional<String> lateWrites(Claim claim) {
        return Optional.empty();
    }
}
