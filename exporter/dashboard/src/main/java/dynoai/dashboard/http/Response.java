package dynoai.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What is answered. */
public sealed interface Response {

    /**
     * Bytes from memory.
     *
     * @param tag names this content for the asker's cache; empty for what must not be kept
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and copying each answer would cost its size again
    record Bytes(int status, String contentType, byte[] body, String tag) implements Response {}

    /** A file to keep, under its own name. */
    record Download(Path file) implements Response {}

    /** An event stream that stays open. */
    record Stream(EventStream.Source events) implements Response {}

    static Response json(byte[] body) {
        return new Bytes(200, "application/json", body, "");
    }

    static Response text(int status, String text) {
        return new Bytes(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8), "");
    }
}
