package dynoai.automation.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;

/**
 * One change of a Context.
 *
 * @param who author of the change
 * @param oldValue the value that was replaced or removed; a missing node if there was none, and for an append
 * @param newValue the value that was set or appended; a missing node for a removal
 * @param index the element that a pop removed, else 0
 */
public record Change(Instant at, String who, Kind kind, String path, JsonNode oldValue, JsonNode newValue, int index) {

    /** The operation. */
    public enum Kind {
        SET,
        APPEND,
        DELETE,
        POP
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ts", at.toString());
        json.put("who", who);
        json.put("op", kind.name().toLowerCase(Locale.ROOT));
        json.put("path", path);
        if (!oldValue.isMissingNode()) {
            json.set("old", oldValue);
        }
        if (!newValue.isMissingNode()) {
            json.set("new", newValue);
        }
        if (kind == Kind.POP) {
            json.put("index", index);
        }
        return json;
    }

    /** Reads the JSON that {@link #toJson} writes. */
    public static Change fromJson(JsonNode json) {
        return new Change(
                Instant.parse(json.path("ts").asText()),
                json.path("who").asText(),
                Kind.valueOf(json.path("op").asText().toUpperCase(Locale.ROOT)),
                json.path("path").asText(),
                json.has("old") ? json.get("old") : MissingNode.getInstance(),
                json.has("new") ? json.get("new") : MissingNode.getInstance(),
                json.path("index").asInt(0));
    }
}
