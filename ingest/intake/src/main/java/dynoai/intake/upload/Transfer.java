package dynoai.intake.upload;

import dynoai.intake.http.BodyEnd;
import dynoai.intake.http.BodySink;
import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.intake.http.RequestException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.upload.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one request on their way into an upload, which has at most one transfer in an intake. They are written to a draft,
 * which becomes a part of the upload when it is large, or when no more bytes arrive.
 */
public final class Transfer implements BodySink, AutoCloseable {
    private final UploadService service;
    private final Upload upload;
    private final Optional<Checksum> checksum;
    private final Runnable cut;
    private final int partBytes;
    private long stored;
    private @Nullable LogDraft draft;
    private volatile long lastNanos = System.nanoTime();

    /** @param stored number of bytes that the upload has */
    Transfer(
            UploadService service,
            Upload upload,
            long stored,
            Optional<Checksum> checksum,
            int partBytes,
            Runnable cut) {
        this.service = service;
        this.upload = upload;
        this.stored = stored;
        this.checksum = checksum;
        this.partBytes = partBytes;
        this.cut = cut;
    }

    Upload upload() {
        return upload;
    }

    /** The run whose log is uploaded. */
    public RunKey run() {
        return upload.run();
    }

    /** Ends the connection if no byte arrived for a while, so that another one can continue the upload. */
    void cutIfIdle(Duration idle) {
        if (System.nanoTime() - lastNanos > idle.toNanos()) {
            cut.run();
        }
    }

    @Override
    public void take(ByteBuffer bytes) throws IOException, RequestException {
        lastNanos = System.nanoTime();
        if (received() + bytes.remaining() > upload.size()) {
            throw new RequestException(
                    ErrorCode.TOO_LARGE, "the body goes beyond the announced " + upload.size() + " bytes");
        }
        checksum.ifPresent(sum -> sum.update(bytes));
        while (bytes.hasRemaining()) {
            LogDraft open = draft == null ? service.draft() : draft;
            draft = open;
            int length = (int) Math.min(bytes.remaining(), partBytes - open.bytes());
            open.write(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
            if (open.bytes() == partBytes && received() < upload.size()) {
                requireNoChecksum();
                store();
            }
        }
    }

    /** Bytes are stored only once their checksum is known to be right. */
    private void requireNoChecksum() throws RequestException {
        if (checksum.isPresent()) {
            throw new RequestException(
                    ErrorCode.TOO_LARGE,
                    "a body with a checksum has at most " + (partBytes - 1) + " bytes",
                    "send several requests");
        }
    }

    private long received() {
        return stored + (draft == null ? 0 : draft.bytes());
    }

    /**
     * Stores what arrived, also if the connection was cut. Accepts the log if it is whole.
     *
     * @return how far the upload is now
     * @throws RequestException if the body arrived too slowly, or has another checksum and is discarded
     */
    public Progress end(BodyEnd end) throws IOException, RequestException {
        if (end == BodyEnd.WHOLE && checksum.isPresent() && !checksum.get().matches()) {
            throw new RequestException(ErrorCode.CHECKSUM_MISMATCH, "the body has another checksum");
        }
        if (received() == upload.size()) {
            if (stored == 0 && draft != null) {
                service.accept(upload, draft);
            } else {
                store();
                service.acceptParts(upload);
            }
            return service.progressOf(upload, upload.size(), true);
        }
        if (checksum.isPresent()) {
            Exchange.requireWhole(end); // Bytes of a cut body have no checksum.
        }
        store();
        Exchange.requireWhole(end);
        return service.progressOf(upload, stored, false);
    }

    private void store() throws IOException, RequestException {
        if (draft != null && draft.bytes() > 0) {
            long bytes = draft.bytes();
            service.store(upload, stored, draft);
            draft.close();
            draft = null;
            stored += bytes;
        }
    }

    /** Discards what is not stored, and lets another request continue the upload. */
    @Override
    public void close() throws IOException {
        try {
            if (draft != null) {
                draft.close();
            }
        } finally {
            service.release(this);
        }
    }
}
