package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.claim.LogDrafts;
import dynoai.schemas.file.FileStamp;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.ContentStore;
import java.io.IOException;
import java.nio.file.Files;
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
        Claims claims,
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
            PreparedLog log = prepare(claim, sourceOf(claim), lastSeen);
            events.logRead(claim, nanoClock.getAsLong() - began);
            return log;
        });
    }

    /** Returns the store's copy once there is one, because that never changes; else the claimed log. */
    private Path sourceOf(Claim claim) throws IOException {
        Path log = claims.log(claim);
        ContentStore store = drafts.store();
        boolean stored = !claim.sha256().isEmpty() && (store.contains(claim.sha256()) || !Files.exists(log));
        return stored ? store.fetch(claim.sha256()) : log;
    }

    private PreparedLog prepare(Claim claim, Path source, @Nullable FileStamp lastSeen) throws IOException {
        FileStamp stamp = FileStamp.of(source, LinkOption.NOFOLLOW_LINKS);
        if (lastSeen != null && !lastSeen.equals(stamp)) {
            throw new PreparedLog.StillChangingException(stamp);
        }
        if (stamp.size() > maxBytes) {
            return new PreparedLog(claim, source, stamp, null, null, Optional.of(tooLarge(claim, stamp.size())));
        }
        LogDrafts.Draft copy = drafts.draft(source, maxBytes);
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
