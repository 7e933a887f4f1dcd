package dynoai.automation.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.Context;
import dynoai.automation.context.InvalidContextException;
import dynoai.automation.context.StrictJson;
import java.io.IOException;

/** Answers requests. Operations are full, get, set, append, delete and pop. Not thread-safe. */
final class ContextProtocol {
    private static final String WHO = "context-server";
    private final Context context;
    private long changes;

    ContextProtocol(Context context) {
        this.context = context;
    }

    /** Returns how often the Context was changed. */
    long changes() {
        return changes;
    }

    ObjectNode answer(byte[] line) {
        try {
            JsonNode request = StrictJson.MAPPER.readTree(line);
            if (!request.isObject()) {
                return error("a request is one JSON object on one line");
            }
            return JsonNodeFactory.instance.objectNode().put("ok", true).set("value", value(request));
        } catch (InvalidContextException e) {
            return error(String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            return error("not one JSON object: " + e.getOriginalMessage());
        } catch (IOException e) {
            return error("not one JSON object: " + e.getMessage());
        }
    }

    static ObjectNode error(String message) {
        return JsonNodeFactory.instance.objectNode().put("ok", false).put("error", message);
    }

    private JsonNode value(JsonNode request) {
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
                context.set(path(request), required(request, "value"), WHO);
                yield required(request, "value");
            }
            case "append" -> {
                context.append(path(request), required(request, "value"), WHO);
                yield context.get(path(request));
            }
            case "delete" -> context.delete(path(request), WHO);
            case "pop" -> context.pop(path(request), index(request), WHO);
            default ->
                throw new InvalidContextException(
                        "unknown op '" + op + "'; there are full, get, set, append, delete and pop");
        };
        changes += op.equals("full") || op.equals("get") ? 0 : 1;
        return value;
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
