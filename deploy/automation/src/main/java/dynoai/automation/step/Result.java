package dynoai.automation.step;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.StrictJson;
import org.jspecify.annotations.Nullable;

/** The result of a step: a JSON object whose {@code status} is {@code ok} or {@code success} if the step succeeded. */
public final class Result {
    private final ObjectNode json;

    private Result(ObjectNode json) {
        this.json = json;
    }

    public static Result ok() {
        return new Result(JsonNodeFactory.instance.objectNode().put("status", "ok"));
    }

    public static Result failed(String reason) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return new Result(json.put("status", "error").put("reason", reason));
    }

    public static Result of(ObjectNode json) {
        return new Result(json.deepCopy());
    }

    /** Returns this result with one more field. */
    public Result with(String name, @Nullable Object value) {
        ObjectNode more = json.deepCopy();
        more.set(name, StrictJson.of(value, "the result's " + name));
        return new Result(more);
    }

    public boolean succeeded() {
        String status = json.path("status").asText();
        return status.equals("ok") || status.equals("success");
    }

    /** Returns why the step did not succeed. */
    public String reason() {
        for (String field : new String[] {"reason", "message", "error"}) {
            if (json.path(field).isTextual()) {
                return json.get(field).asText();
            }
        }
        return json.has("status")
                ? "the result's status is " + json.get("status")
                : "the result has no status; it must be ok or success";
    }

    public ObjectNode json() {
        return json.deepCopy();
    }
}
