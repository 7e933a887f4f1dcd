package dynoai.automation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hides values that must not be logged: inputs whose name ends in TOKEN, PASSWORD or SECRET. A value is hidden as it is,
 * line by line and in its JSON form, in every log of the run.
 */
final class Secrets {
    private static final String HIDDEN = "***";

    private final List<String> values = new CopyOnWriteArrayList<>();

    private static boolean isSecret(String name) {
        return name.toUpperCase(Locale.ROOT).matches("(?s)(.*_)?(TOKEN|PASSWORD|SECRET)");
    }

    /** Adds the secrets among a step's inputs. */
    void learn(JsonNode inputs) {
        for (Map.Entry<String, JsonNode> field : inputs.properties()) {
            if (isSecret(field.getKey())) {
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
        String text = value.asText();
        add(text);
        text.lines().forEach(this::add);
        String quoted = TextNode.valueOf(text).toString();
        add(quoted.substring(1, quoted.length() - 1));
    }

    private synchronized void add(String value) {
        if (!value.isBlank() && !values.contains(value)) {
            values.add(value);
            values.sort(Comparator.comparingInt(String::length).reversed());
        }
    }

    String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return hidden;
    }
}
