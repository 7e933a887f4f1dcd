package dynoai.automation.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.Context;
import dynoai.automation.context.InvalidContextException;
import dynoai.automation.context.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Answers requests. Operations are full, get, set, append, delete and pop. Not thread-safe. */
final class ContextProtocol {
    /** Quotes, colon, braces and comma of a name. */
    private static final int BYTES_AROUND_A_NAME = 6;

    private final Context context;
    private final ContextSettings settings;
    private final String who;
    private long changes;

    /** Bytes of all values as JSON when they were last counted, and an upper bound of what was added since. */
    private long countedBytes;

    private long addedBytes;

    /** @param who the author of all changes */
    ContextProtocol(Context context, ContextSettings settings, String who) throws IOException {
        this.context = context;
        this.settings = settings;
        this.who = who;
        this.countedBytes = countBytes();
        if (countedBytes > settings.maxBytes()) {
            throw new IOException("the values have " + countedBytes + " bytes, more than the limit of "
                    + settings.maxBytes() + " bytes");
        }
    }

    /**
     * An answer to a request.
     *
     * @param last whether the connection must be closed: the client does not speak this protocol or has no access
     */
    record Answer(ObjectNode json, boolean last) {
        static Answer last(String error) {
            return new Answer(error(error), true);
        }
    }

    /** Returns how often the Context was changed. */
    long changes() {
        return changes;
    }

    Answer answer(byte[] line) {
        JsonNode request;
        try {
            request = StrictJson.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            return Answer.last("not one JSON object: " + e.getOriginalMessage());
        } catch (IOException e) {
            return Answer.last("not one JSON object: " + e.getMessage());
        }
        if (!request.isObject()) {
            return Answer.last("a request is one JSON object on one line");
        }
        if (!hasAccess(request)) {
            return Answer.last("the token is missing or wrong");
        }
        try {
            return new Answer(ok(value(request, line.length)), false);
        } catch (InvalidContextException e) {
            return new Answer(error(String.valueOf(e.getMessage())), false);
        }
    }

    private boolean hasAccess(JsonNode request) {
        return settings.token().isEmpty()
                || MessageDigest.isEqual(
                        settings.token().get().getBytes(StandardCharsets.UTF_8),
                        request.path("token").asText().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode ok(JsonNode value) {
        return JsonNodeFactory.instance.objectNode().put("ok", true).set("value", value);
    }

    private static ObjectNode error(String message) {
        return JsonNodeFactory.instance.objectNode().put("ok", false).put("error", message);
    }

    private JsonNode value(JsonNode request, int requestBytes) {
        String op = request.path("op").asText();
        JsonNode value = switch (op) {
            case "full" -> context.toMap();
            case "get" -> {
                JsonNode found = context.get(path(request));
                if (found.isMissingNode()) {
                    throw new InvalidContextException("nothing at " + path(request));
                }
                yield found;
            }
            case "set" -> {
                requireSpace(request, requestBytes);
                context.set(path(request), required(request, "value"), who);
                yield required(request, "value");
            }
            case "append" -> {
                requireSpace(request, requestBytes);
                context.append(path(request), required(request, "value"), who);
                yield context.get(path(request));
            }
            case "delete" -> freed(context.delete(path(request), who));
            case "pop" -> freed(context.pop(path(request), index(request), who));
            default ->
                throw new InvalidContextException(
                        "unknown op '" + op + "'; there are full, get, set, append, delete and pop");
        };
        changes += op.equals("full") || op.equals("get") ? 0 : 1;
        return value;
    }

    /** Notes that the values are fewer than when they were counted. */
    private JsonNode freed(JsonNode removed) {
        addedBytes++;
        return removed;
    }

    /** Checks that a value fits. Counts all values only if the upper bound does not fit and they have changed. */
    private void requireSpace(JsonNode request, int requestBytes) {
        long more = requestBytes + (long) BYTES_AROUND_A_NAME * path(request).length();
        if (countedBytes + addedBytes + more > settings.maxBytes()) {
            if (addedBytes > 0) {
                countedBytes = countBytes();
                addedBytes = 0;
            }
            if (countedBytes + more > settings.maxBytes()) {
                throw new InvalidContextException("no space: all values together are at most " + settings.maxBytes()
                        + " bytes; delete some, or restart the server with a larger --max-size");
            }
        }
        addedBytes += more;
    }

    private long countBytes() {
        try {
            return StrictJson.MAPPER.writeValueAsBytes(context.toMap()).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String path(JsonNode request) {
        JsonNode path = required(request, "path");
        if (!path.isTextual()) {
            throw new InvalidContextException("path must be text, is " + path);
        }
        return path.textValue();
    }

    private static int index(JsonNode request) {
        JsonNode index = request.path("index");
        if (index.isMissingNode()) {
            return -1;
        }
        if (!index.isIntegralNumber() || !index.canConvertToInt()) {
            throw new InvalidContextException("index must be a whole number, is " + index);
        }
        return index.intValue();
    }

    private static JsonNode required(JsonNode request, String field) {
        JsonNode value = request.get(field);
        if (value == null) {
            throw new InvalidContextException("the request has no " + field);
        }
        return value;
    }
}
