package dynoai.ingest.admit;

import dynoai.ingest.folder.claim.Archive;
import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.upload.UploadEnd;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes how uploaded logs end. That is a single step, so none is found begun.
 *
 * @param ended is called when the end is written
 */
record UploadArchive(Uploads uploads, InstantSource clock, Consumer<RunKey> ended) implements Archive {

    @Override
    public void done(Claim claim) throws IOException {
        end(claim, Optional.empty());
    }

    @Override
    public void rejected(Claim claim, Rejection rejection) throws IOException {
        end(claim, Optional.of(rejection));
    }

    private void end(Claim claim, Optional<Rejection> failure) throws IOException {
        CrashPoint.INGEST_BEFORE_END.reached();
        uploads.end(claim.key(), new UploadEnd(failure, claim.attempt() > 0, claim.duplicateOf(), clock.instant()));
        CrashPoint.INGEST_AFTER_END.reached();
        ended.accept(claim.key());
    }

    @Override
    public boolean isDone(Claim claim) {
        return false;
    }

    @Override
    public void writeReason(Claim claim, Rejection rejection) {}

    @Override
    public Optional<Rejection> reason(Claim claim) {
        return Optional.empty();
    }
}
