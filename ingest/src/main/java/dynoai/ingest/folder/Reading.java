package dynoai.ingest.folder;

import dynoai.schemas.CrashPoint;
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
final class Reading implements AutoCloseable {
    private final LogStore.@Nullable Draft draft;
    private final RunCarrier.@Nullable Prepared prepared;
    private final Optional<Rejection> refused;

    private Reading(
            LogStore.@Nullable Draft draft, RunCarrier.@Nullable Prepared prepared, Optional<Rejection> refused) {
        this.draft = draft;
        this.prepared = prepared;
        this.refused = refused;
    }

    /** The bytes moved while they were read. */
    static final class StillMoving extends IOException {
        private static final long serialVersionUID = 1L;

        StillMoving() {
            super("the log is still being written");
        }
    }

    static Reading of(Claim claim, Path log, LogStore store, RunCarrier carrier, FolderSettings settings)
            throws IOException {
        State before = State.of(log);
        if (before.size > settings.largestLog()) {
            return new Reading(null, null, Optional.of(tooLarge(claim, before.size, settings.largestLog())));
        }
        LogStore.Draft draft = store.draft(log);
        try {
            if (draft.size() != before.size || !State.of(log).equals(before)) {
                throw new StillMoving();
            }
            if (claim.refused().isPresent()) {
                return new Reading(draft, null, claim.refused());
            }
            RunCarrier.Prepared prepared = carrier.prepare(claim.read(draft.size(), draft.sha256()), draft.path());
            if (!store.holds(draft.sha256())) {
                draft.sync();
            }
            return new Reading(draft, prepared, Optional.empty());
        } catch (RunCarrier.Refused refused) {
            return new Reading(draft, null, Optional.of(refused.rejection()));
        } catch (IOException | RuntimeException failed) {
            draft.close();
            throw failed;
        }
    }

    private static Rejection tooLarge(Claim claim, long size, long largest) {
        return Rejection.of(
                "FILE_TOO_LARGE",
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
        Objects.requireNonNull(draft, "a sound log was read").keep();
        CrashPoint.INGEST_AFTER_STORE.reached();
    }

    String send(Claim claim) throws RunCarrier.CarrierDown, IOException {
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

    private record State(long size, FileTime modified, String fileKey) {
        static State of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(attributes.size(), attributes.lastModifiedTime(), Objects.toString(attributes.fileKey()));
        }
    }
}
