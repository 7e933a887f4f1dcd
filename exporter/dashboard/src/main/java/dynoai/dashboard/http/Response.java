package dynoai.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A response. */
public sealed interface Response {

    /**
     * Content from memory.
     *
     * @param tag the ETag; empty for content that must not be cached
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would double the memory
    record Bytes(int status, String contentType, byte[] body, String tag) implements Response {}

    /** A file, sent as a download under its own name. */
    record Download(Path file) implements Response {}

    /** An event stream. */
    record Stream(EventStream.Source events) implements Response {}

    /**
     * Another page of this server.
     *
     * @param cookie to set
     */
    record Redirect(String location, String cookie) implements Response {}

    static Response json(byte[] body) {
        return new Bytes(200, "application/json", body, "");
    }

    static Bytes text(int status, String text) {
        return new Bytes(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8), "");
    }
}
