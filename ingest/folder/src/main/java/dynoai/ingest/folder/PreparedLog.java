package dynoai.ingest.folder;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a claimed log: one pass copies and hashes it, and everything after works on that copy, so that a writer who still
 * holds the file open cannot change what is analysed. Runs ahead of the sending, on another thread.
 */
final class PreparedLog implements AutoCloseable {
    private final Path log;
    private final Sight seen;
    private final LogStore.@Nullable Draft draft;
    private final RunTransport.@Nullable Prepared prepared;
    private final Optional<Rejection> refused;

    private PreparedLog(
            Path log,
            Sight seen,
            LogStore.@Nullable Draft draft,
            RunTransport.@Nullable Prepared prepared,
            Optional<Rejection> refused) {
        this.log = log;
        this.seen = seen;
        this.draft = draft;
        this.prepared = prepared;
        this.refused = refused;
    }

    /** The bytes moved since they were last looked at: the log must rest for a settle time once more. */
    static final class StillMoving extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Sight seen;

        StillMoving(Sight seen) {
            super("the log is still being written");
            this.seen = seen;
        }

        /** How it is now, for the next look. */
        Sight seen() {
            return seen;
        }
    }

    /** @param before how the log was when it was seen moving; null when it was not */
    static PreparedLog of(
            Claim claim,
            Path log,
            @Nullable Sight before,
            LogStore store,
            RunTransport carrier,
            FolderSettings settings)
            throws IOException {
        Sight seen = Sight.of(log);
        if (before != null && !before.equals(seen)) {
            throw new StillMoving(seen);
        }
        if (seen.size > settings.largestLog()) {
            return new PreparedLog(
                    log, seen, null, null, Optional.of(tooLarge(claim, seen.size, settings.largestLog())));
        }
        LogStore.Draft draft = store.draft(log);
        try {
            RunTransport.Prepared prepared = null;
            Optional<Rejection> refused = claim.refused();
            if (refused.isEmpty()) {
                try {
                    prepared = carrier.prepare(claim.read(draft.size(), draft.sha256()), draft.path());
                } catch (LogRejectedException refusal) {
                    refused = Optional.of(refusal.rejection());
                }
            }
            PreparedLog reading = new PreparedLog(log, seen, draft, prepared, refused);
            reading.checkStill();
            if (prepared != null && !store.holds(draft.sha256())) {
                draft.sync();
            }
            return reading;
        } catch (IOException | RuntimeException failed) {
            draft.close();
            throw failed;
        }
    }

    /** Whoever still writes the log would otherwise end up with a run of its first part. */
    void checkStill() throws StillMoving, IOException {
        Sight now = Sight.of(log);
        if (!now.equals(seen) || draft != null && draft.size() != seen.size) {
            throw new StillMoving(now);
        }
    }

    private static Rejection tooLarge(Claim claim, long size, long largest) {
        return Rejection.of(
                FailureCode.FILE_TOO_LARGE,
                claim.name() + ": file too large: " + size + " bytes. Accepted: up to " + largest + " bytes.",
                "split the log");
    }

    /** Why the log is refused; empty when it is sound. */
    Optional<Rejection> refused() {
        return refused;
    }

    /** The claim with what was read; unchanged when the log was not even read. */
    Claim claimOf(Claim claim) {
        return draft == null ? claim : claim.read(draft.size(), draft.sha256());
    }

    void keep() throws IOException {
        checkStill();
        Objects.requireNonNull(draft, "a sound log was read").keep();
        CrashPoint.INGEST_AFTER_STORE.reached();
    }

    String send(Claim claim) throws RunTransport.CarrierDown, IOException {
        return Objects.requireNonNull(prepared, "a sound log was prepared").send(claim);
    }

    @Override
    public void close() throws IOException {
        if (prepared != null) {
            prepared.close();
        }
        if (draft != null) {
            draft.close();
        }
    }

    /** What of a file changes when somebody writes it. */
    record Sight(long size, FileTime modified, String fileKey) {
        static Sight of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Sight(attributes.size(), attributes.lastModifiedTime(), Objects.toString(attributes.fileKey()));
        }
    }
}
