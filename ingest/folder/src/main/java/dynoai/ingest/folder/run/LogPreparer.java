package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimStorage;
import dynoai.ingest.folder.claim.LogDrafts;
import dynoai.schemas.file.FileStamp;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads claimed logs on a thread of its own, ahead of their sending. One pass copies and hashes the log; everything after
 * it uses the copy, so a program that still has the file open cannot change what is analysed.
 */
record LogPreparer(
        LogDrafts drafts,
        ClaimStorage claims,
        RunTransport transport,
        IngestEvents events,
        LongSupplier nanoClock,
        long maxBytes,
        ExecutorService reader)
        implements AutoCloseable {

    /** @param lastSeen the log's stamp when it was last found changing; null when it was not */
    Future<PreparedLog> submit(Claim claim, @Nullable FileStamp lastSeen) {
        return reader.submit(() -> {
            long began = nanoClock.getAsLong();
            PreparedLog log = prepare(claim, claims.source(claim), lastSeen);
            events.logRead(claim, nanoClock.getAsLong() - began);
            return log;
        });
    }

    private PreparedLog prepare(Claim claim, ClaimStorage.Source from, @Nullable FileStamp lastSeen)
            throws IOException {
        Path source = from.file();
        FileStamp stamp = FileStamp.of(source, LinkOption.NOFOLLOW_LINKS);
        if (lastSeen != null && !lastSeen.equals(stamp)) {
            throw new PreparedLog.StillChangingException(stamp);
        }
        if (stamp.size() > maxBytes) {
            return new PreparedLog(claim, source, stamp, null, null, Optional.of(tooLarge(claim, stamp.size())));
        }
        LogDrafts.Draft copy =
                from.stored() ? drafts.stored(source, claim.sha256(), stamp.size()) : drafts.draft(source, maxBytes);
        try {
            PreparedLog log = decode(claim.read(copy.size(), copy.sha256()), source, stamp, copy);
            log.checkUnchanged();
            if (log.rejection().isEmpty() && !drafts.store().contains(copy.sha256())) {
                copy.sync();
            }
            return log;
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    private PreparedLog decode(Claim claim, Path source, FileStamp stamp, LogDrafts.Draft copy) throws IOException {
        Optional<Rejection> rejection = claim.rejection();
        RunTransport.Prepared run = null;
        if (rejection.isEmpty()) {
            try {
                run = transport.prepare(claim.nextAttempt(), copy.path());
            } catch (LogRejectedException e) {
                rejection = Optional.of(e.rejection());
            }
        }
        return new PreparedLog(claim, source, stamp, copy, run, rejection);
    }

    private Rejection tooLarge(Claim claim, long size) {
        return Rejection.of(
                FailureCode.FILE_TOO_LARGE,
                claim.name() + ": file too large: " + size + " bytes. Accepted: up to " + maxBytes + " bytes.",
                "split the log");
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
