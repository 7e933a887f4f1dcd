package dynoai.intake.http;

import dynoai.schemas.json.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a request. */
public record Reply(int status, Map<String, String> headers, Content content) {
    private static final String JSON = "application/json";

    /** The body of a reply. */
    public sealed interface Content {
        /** No body. */
        record None() implements Content {}

        record Text(String type, String text) implements Content {}

        /** Bytes that are read while they are sent. The server closes the stream. */
        record Stream(String type, long length, InputStream in) implements Content {}
    }

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply of(int status, Content content) {
        return new Reply(status, Map.of(), content);
    }

    /** Returns a reply without a body. */
    public static Reply empty(int status) {
        return of(status, new Content.None());
    }

    public static Reply json(int status, Map<String, ? extends @Nullable Object> fields) {
        return of(status, new Content.Text(JSON, new String(Json.write(fields), StandardCharsets.UTF_8)));
    }

    static Reply of(RequestException e) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", e.code().name());
        error.put("message", String.valueOf(e.getMessage()));
        error.put("hint", e.hint());
        Reply reply = json(e.code().status(), Map.of("error", error));
        return e.retryAfterSeconds().isEmpty()
                ? reply
                : reply.with(
                        "Retry-After", Integer.toString(e.retryAfterSeconds().getAsInt()));
    }

    /** Returns the same with another header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, content);
    }

    /** Returns the same with more headers; those that it has stay. */
    Reply withDefaults(Map<String, String> defaults) {
        Map<String, String> more = new LinkedHashMap<>(defaults);
        more.putAll(headers);
        return new Reply(status, more, content);
    }
}
