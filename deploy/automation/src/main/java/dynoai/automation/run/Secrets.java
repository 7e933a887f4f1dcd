package dynoai.automation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Hides values that must not be logged: those whose name, in inputs of steps, in the Context or in results, says that they
 * are secret. A value is hidden as it is, line by line and in its JSON form, in every log of the run.
 */
final class Secrets {
    private static final String HIDDEN = "***";

    /** A shorter value is not a secret, and hiding it would garble the logs. */
    private static final int MIN_CHARACTERS = 4;

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?is).*(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|[_-]KEY|(API|ACCESS|PRIVATE|SIGNING)KEY)");

    private final List<String> values = new CopyOnWriteArrayList<>();

    /** Adds the values that a name in this value, at any depth, declares secret. */
    void learn(JsonNode inputs) {
        for (Map.Entry<String, JsonNode> field : inputs.properties()) {
            if (SECRET_NAME.matcher(field.getKey()).matches()) {
                learnValue(field.getValue());
            } else {
                learn(field.getValue());
            }
        }
        if (inputs.isArray()) {
            inputs.forEach(this::learn);
        }
    }

    private void learnValue(JsonNode value) {
        if (value.isContainerNode()) {
            value.forEach(this::learnValue);
            return;
        }
        if (!value.isTextual() && !value.isNumber()) {
            return;
        }
        String text = value.asText();
        add(text);
        text.lines().forEach(this::add);
        String quoted = TextNode.valueOf(text).toString();
        add(quoted.substring(1, quoted.length() - 1));
    }

    private synchronized void add(String value) {
        if (value.length() >= MIN_CHARACTERS && !value.isBlank() && !values.contains(value)) {
            values.add(value);
            values.sort(Comparator.comparingInt(String::length).reversed());
        }
    }

    /** Returns a copy with the secrets in all values hidden. */
    JsonNode hide(JsonNode json) {
        if (json.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            json.properties().forEach(field -> object.set(field.getKey(), hide(field.getValue())));
            return object;
        }
        if (json.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            json.forEach(element -> array.add(hide(element)));
            return array;
        }
        String hidden = hide(json.asText());
        return hidden.equals(json.asText()) ? json : TextNode.valueOf(hidden);
    }

    String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return hidden;
    }
}
