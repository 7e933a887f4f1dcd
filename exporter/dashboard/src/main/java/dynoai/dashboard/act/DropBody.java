package dynoai.dashboard.act;

import dynoai.dashboard.http.Body;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Response;
import dynoai.ingest.folder.IncomingLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A log that a page sends. */
final class DropBody implements Body {
    private final IncomingLog log;
    private final Placed placed;
    private final Runnable discarded;

    /** Answers once the log is in its place. */
    @FunctionalInterface
    interface Placed {
        Response answer(Path place) throws IOException;
    }

    /** @param discarded runs if the log did not arrive as a whole */
    DropBody(IncomingLog log, Placed placed, Runnable discarded) {
        this.log = log;
        this.placed = placed;
        this.discarded = discarded;
    }

    @Override
    public void write(ByteBuffer part) throws IOException {
        log.write(part);
    }

    @Override
    public Response answer() throws HttpException, IOException {
        try (log) {
            return Denials.of(() -> placed.answer(log.place()));
        }
    }

    @Override
    public void discard() {
        try {
            log.close();
        } catch (IOException ignored) {
            // A hidden file is left, which a later drop deletes.
        }
        discarded.run();
    }
}
