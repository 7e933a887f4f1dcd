package dynoai.intake.upload;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.RequestException;
import dynoai.schemas.file.DiskRoom;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.upload.Upload;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes logs in parts and accepts each once it is whole: its hash is the announced one, the store has it, and the pipeline knows
 * of it. All state is in the store, so every intake continues every upload, also after a crash at any point. Thread-safe.
 */
public final class UploadService {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int RETRY_SECONDS = 2;

    /** So that several intakes, each of which tries it every hour, do it about once an hour. */
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(30);

    /** A client still learns for a day that its upload has expired, and a transfer that began before may end. */
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(1);

    /** A client that completes an accepted upload again and again causes no more records than this. */
    private static final Duration PUBLISH_INTERVAL = Duration.ofMinutes(1);

    private static final Duration KEPT_AFTER_END = Duration.ofDays(30);

    private final ContentStore store;
    private final Drafts drafts;
    private final Uploads uploads;
    private final LogPublisher publisher;
    private final RecentRuns recent;
    private final UploadLimits limits;
    private final InstantSource clock;
    private final DiskRoom room;
    private final Map<RunKey, Transfer> transfers = new ConcurrentHashMap<>();

    /** @param disks measures the disk of the store's drafts */
    public UploadService(
            ContentStore store,
            LogPublisher publisher,
            UploadLimits limits,
            InstantSource clock,
            DiskRoom.Gauge disks) {
        this.store = store;
        this.drafts = new Drafts(store.drafts());
        this.uploads = new Uploads(store.objects());
        this.publisher = publisher;
        this.recent = new RecentRuns(PUBLISH_INTERVAL, clock);
        this.limits = limits;
        this.clock = clock;
        this.room = new DiskRoom(List.of(store.drafts()), disks);
    }

    /**
     * Begins an upload, or finds it if it began before.
     *
     * @throws RequestException if there is another upload of this run, or no room
     */
    public Progress announce(Upload upload) throws IOException, RequestException {
        requireRoom();
        if (uploads.announce(upload)) {
            return begun(upload);
        }
        Upload present = uploads.find(upload.run()).orElseThrow(RequestException::notFound);
        if (!present.isSameLog(upload)) {
            throw conflict(upload);
        }
        if (isExpired(present) && uploads.accepted(present.run()).isEmpty()) {
            uploads.delete(present.run());
            uploads.announce(upload);
            return progressOf(upload, 0, false);
        }
        return progress(present.run());
    }

    /** Takes a new announcement back if its run id is that of a log whose own one was deleted after it was handed on. */
    private Progress begun(Upload upload) throws IOException, RequestException {
        RunKey run = upload.run();
        Optional<Upload> accepted = uploads.findAccepted(run);
        boolean sameLog = accepted.isEmpty() || accepted.get().isSameLog(upload);
        if (!sameLog || accepted.isEmpty() && wasHandedOn(run)) {
            uploads.withdraw(run);
            throw conflict(upload);
        }
        return accepted.isPresent() ? progress(run) : progressOf(upload, 0, false);
    }

    /** Whether admit has the log, although it is not recorded as accepted. */
    private boolean wasHandedOn(RunKey run) throws IOException {
        return uploads.attempt(run) > 0 || uploads.end(run).isPresent();
    }

    private static RequestException conflict(Upload upload) {
        return new RequestException(
                ErrorCode.RUN_ID_CONFLICT,
                "there is an upload of another log with run id " + upload.run().runId());
    }

    private void requireRoom() throws IOException, RequestException {
        Files.createDirectories(store.drafts());
        if (!room.shortage().isEmpty()) {
            throw new RequestException(ErrorCode.STORE_FULL, "the store is full");
        }
    }

    /** @throws RequestException if there is no upload of this run, or it has expired */
    public Progress progress(RunKey run) throws IOException, RequestException {
        Upload upload = uploads.find(run).orElseThrow(RequestException::notFound);
        if (uploads.accepted(run).isPresent()) {
            return progressOf(upload, upload.size(), true);
        }
        if (isExpired(upload)) {
            throw new RequestException(ErrorCode.UPLOAD_EXPIRED, "the upload has expired", "begin it again");
        }
        List<Uploads.Part> parts = uploads.parts(run);
        return progressOf(
                upload, parts.isEmpty() ? 0 : parts.get(parts.size() - 1).end(), false);
    }

    Progress progressOf(Upload upload, long offset, boolean accepted) {
        return new Progress(upload, offset, accepted, expires(upload));
    }

    private boolean isExpired(Upload upload) {
        return clock.instant().isAfter(expires(upload));
    }

    private Instant expires(Upload upload) {
        return upload.created().plus(limits.lifetime());
    }

    /**
     * Begins to take bytes.
     *
     * @param offset as the client counts it
     * @param cut ends the connection of the request
     * @throws RequestException if the upload is at another offset, or another request sends bytes
     */
    public Transfer begin(RunKey run, long offset, Optional<Checksum> checksum, Runnable cut)
            throws IOException, RequestException {
        Progress progress = progress(run);
        Transfer transfer = new Transfer(this, progress.upload(), progress.offset(), checksum, limits.partBytes(), cut);
        Transfer other = transfers.putIfAbsent(run, transfer);
        if (other != null) {
            other.cutIfIdle(limits.idle());
            throw RequestException.later(
                    ErrorCode.UPLOAD_BUSY, "another request sends bytes of this upload", RETRY_SECONDS);
        }
        boolean begun = false;
        try {
            // Looked up again: another transfer may have ended in between.
            requireOffset(run, offset);
            if (progress.offset() != offset) {
                throw offsetConflict(offset);
            }
            requireRoom();
            begun = true;
            return transfer;
        } finally {
            if (!begun) {
                release(transfer);
            }
        }
    }

    private void requireOffset(RunKey run, long offset) throws IOException, RequestException {
        long now = progress(run).offset();
        if (now != offset) {
            throw offsetConflict(now);
        }
    }

    private static RequestException offsetConflict(long now) {
        return new RequestException(ErrorCode.OFFSET_CONFLICT, "the upload is at offset " + now, "continue there");
    }

    void release(Transfer transfer) {
        transfers.remove(transfer.upload().run(), transfer);
    }

    LogDraft draft() throws IOException {
        return new LogDraft(drafts.create());
    }

    /** Stores bytes as a part, unless another intake went on with the upload meanwhile. */
    void store(Upload upload, long offset, LogDraft draft) throws IOException, RequestException {
        draft.end();
        requireOffset(upload.run(), offset);
        uploads.addPart(upload.run(), offset, draft.file());
    }

    /** Accepts a log of which all parts are stored. */
    void acceptParts(Upload upload) throws IOException, RequestException {
        if (uploads.accepted(upload.run()).isPresent()) {
            if (uploads.end(upload.run()).isEmpty() && recent.add(upload.run())) {
                publish(upload);
            }
            return;
        }
        publisher.requireReady();
        try (LogDraft draft = draft();
                InputStream in = uploads.open(uploads.parts(upload.run()))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                draft.write(ByteBuffer.wrap(buffer, 0, n));
            }
            put(upload, draft);
        }
        publish(upload);
        uploads.accept(upload, clock.instant());
        uploads.deleteParts(upload.run());
    }

    /** Accepts a log that arrived whole in one request. */
    void accept(Upload upload, LogDraft draft) throws IOException, RequestException {
        put(upload, draft);
        boolean published = false;
        try {
            publish(upload);
            published = true;
        } finally {
            if (!published) {
                keepAsPart(upload);
            }
        }
        uploads.accept(upload, clock.instant());
    }

    private void put(Upload upload, LogDraft draft) throws IOException, RequestException {
        if (!draft.end().equals(upload.sha256())) {
            if (draft.bytes() != upload.size() || uploads.accepted(upload.run()).isPresent()) {
                throw RequestException.later(
                        ErrorCode.UNAVAILABLE, "another intake received bytes of this upload", RETRY_SECONDS);
            }
            uploads.delete(upload.run());
            throw new RequestException(
                    ErrorCode.HASH_MISMATCH,
                    "the log has another SHA-256 than announced, so the upload was deleted",
                    "read the log again and begin a new upload");
        }
        store.put(draft.file(), upload.sha256());
    }

    /** Keeps the bytes for another try: the upload, and not only the store, has to have them. */
    private void keepAsPart(Upload upload) throws IOException, RequestException {
        try (LogDraft copy = draft()) {
            copy.write(ByteBuffer.wrap(Files.readAllBytes(store.fetch(upload.sha256()))));
            store(upload, 0, copy);
        }
    }

    private void publish(Upload upload) throws IOException, RequestException {
        if (uploads.find(upload.run()).isEmpty()) {
            throw RequestException.notFound(); // Deleted at another intake.
        }
        publisher.publish(upload.accepted(clock.instant()));
        recent.add(upload.run());
    }

    /** Deletes an upload that is not complete. */
    public void delete(RunKey run) throws IOException, RequestException {
        if (uploads.find(run).isEmpty()) {
            throw RequestException.notFound();
        }
        if (uploads.accepted(run).isPresent() || wasHandedOn(run)) {
            throw new RequestException(
                    ErrorCode.ALREADY_ACCEPTED, "the log is complete and was accepted", "its run goes on");
        }
        Transfer other = transfers.get(run);
        if (other != null) {
            other.cutIfIdle(limits.idle());
            throw RequestException.later(
                    ErrorCode.UPLOAD_BUSY, "another request sends bytes of this upload", RETRY_SECONDS);
        }
        uploads.delete(run);
    }

    /** Whether an upload can be continued. */
    public boolean isOpen(RunKey run) throws IOException {
        Optional<Upload> upload = uploads.find(run);
        return upload.isPresent()
                && !isExpired(upload.get())
                && uploads.accepted(run).isEmpty();
    }

    /**
     * Deletes the uploads that expired a day ago and were not accepted, parts without an announcement, and what is left of uploads
     * that ended 30 days ago; unless an intake that shares the store did so in the last half hour.
     */
    public void sweep() throws IOException {
        Instant now = clock.instant();
        Optional<Instant> last = uploads.swept();
        if (last.isPresent() && Duration.between(last.get(), now).abs().compareTo(SWEEP_INTERVAL) < 0) {
            return;
        }
        uploads.saveSwept(now);
        List<RunKey> notAccepted = new ArrayList<>();
        List<RunKey> ended = new ArrayList<>();
        uploads.forEach(found -> {
            if (found.ended().isPresent()) {
                if (found.ended().get().plus(KEPT_AFTER_END).isBefore(now)) {
                    ended.add(found.run());
                }
            } else if (!found.accepted()) {
                notAccepted.add(found.run());
            }
        });
        for (RunKey run : notAccepted) {
            deleteIfExpired(run, now);
        }
        for (RunKey run : ended) {
            uploads.deleteEnded(run);
        }
    }

    private void deleteIfExpired(RunKey run, Instant now) throws IOException {
        Optional<Upload> upload = uploads.find(run);
        boolean kept = upload.isPresent()
                && expires(upload.get()).plus(KEPT_AFTER_EXPIRY).isAfter(now);
        if (!kept && !transfers.containsKey(run) && uploads.accepted(run).isEmpty()) {
            uploads.delete(run);
        }
    }
}
