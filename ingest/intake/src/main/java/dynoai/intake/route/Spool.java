package dynoai.intake.route;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Reply;
import dynoai.intake.http.RequestException;
import dynoai.intake.upload.Drafts;
import dynoai.schemas.file.DiskRoom;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Local copies of what clients download. A client that reads slowly holds a copy, and no connection to the store. */
final class Spool {
    private static final int RETRY_SECONDS = 60;

    private final Drafts drafts;
    private final DiskRoom.Gauge disks;
    private long expectedBytes;

    /** @param disks measures the disk of the drafts */
    Spool(Drafts drafts, DiskRoom.Gauge disks) {
        this.drafts = drafts;
        this.disks = disks;
    }

    /** Writes a file. */
    @FunctionalInterface
    interface Writer {
        void write(Path file) throws IOException;
    }

    /**
     * Writes a draft.
     *
     * @param bytes its size, for which there must be room
     */
    Path write(long bytes, Writer writer) throws IOException, RequestException {
        expect(bytes);
        try {
            Path draft = drafts.create();
            boolean written = false;
            try {
                writer.write(draft);
                written = true;
                return draft;
            } finally {
                if (!written) {
                    Files.deleteIfExists(draft);
                }
            }
        } finally {
            forget(bytes);
        }
    }

    /** Copies a stream to its end and closes it. */
    Reply.Content copy(String type, long bytes, InputStream in) throws IOException, RequestException {
        try (in) {
            return open(type, write(bytes, file -> Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING)));
        }
    }

    /** Opens a draft, which is deleted once it was sent. */
    static Reply.Content open(String type, Path draft) throws IOException {
        return new Reply.Content.Stream(
                type,
                Files.size(draft),
                Files.newInputStream(draft, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE));
    }

    private synchronized void expect(long bytes) throws IOException, RequestException {
        Files.createDirectories(drafts.folder());
        DiskRoom.Room room = disks.of(drafts.folder());
        if (new DiskRoom.Room(room.total(), room.usable() - expectedBytes - bytes).isShort()) {
            throw RequestException.later(
                    ErrorCode.STORE_FULL, "there is no room to prepare the download", RETRY_SECONDS);
        }
        expectedBytes += bytes;
    }

    private synchronized void forget(long bytes) {
        expectedBytes -= bytes;
    }
}
