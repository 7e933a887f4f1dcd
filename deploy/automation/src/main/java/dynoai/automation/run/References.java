package dynoai.automation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dynoai.automation.context.Context;
import dynoai.automation.step.InvalidStepException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${key}} by the value of the Context. Alone in a text it keeps its JSON type; within text it becomes text.
 * {@code ${key:-other}} has a default, which may be a reference itself. A second dollar sign before the brace escapes it.
 */
final class References {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{([^}:]*)(:-((?:\\$\\{[^}]*\\}|[^}])*))?\\}");

    private final Context context;

    References(Context context) {
        this.context = context;
    }

    ObjectNode replaceIn(ObjectNode inputs, String field) {
        return (ObjectNode) replace(inputs, field);
    }

    String replaceIn(String text, String field) {
        return asText(replace(TextNode.valueOf(text), field));
    }

    private JsonNode replace(JsonNode node, String field) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                object.set(entry.getKey(), replace(entry.getValue(), field + "." + entry.getKey()));
            }
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(replace(element, field + "[" + array.size() + "]")));
            return array;
        }
        return node.isTextual() ? text(node.textValue(), field) : node;
    }

    private JsonNode text(String text, String field) {
        Matcher matcher = REFERENCE.matcher(text);
        if (matcher.matches() && matcher.group(1) != null) {
            return value(matcher, field);
        }
        matcher.reset();
        StringBuilder replaced = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            replaced.append(text.substring(end, matcher.start()));
            replaced.append(matcher.group(1) == null ? "${" : asText(value(matcher, field)));
            end = matcher.end();
        }
        return TextNode.valueOf(replaced.append(text.substring(end)).toString());
    }

    private JsonNode value(Matcher matcher, String field) {
        JsonNode value = context.get(matcher.group(1));
        if (!value.isMissingNode()) {
            return value;
        }
        if (matcher.group(2) != null) {
            return text(matcher.group(3), field);
        }
        throw new InvalidStepException(field + ": the Context has nothing at '" + matcher.group(1) + "'");
    }

    /** Returns the keys that a value refers to without a default, in order. */
    static Set<String> required(JsonNode node) {
        Set<String> keys = new LinkedHashSet<>();
        if (node.isTextual()) {
            Matcher matcher = REFERENCE.matcher(node.textValue());
            while (matcher.find()) {
                if (matcher.group(3) != null) {
                    keys.addAll(required(TextNode.valueOf(matcher.group(3))));
                } else if (matcher.group(1) != null) {
                    keys.add(matcher.group(1));
                }
            }
        }
        node.forEach(inner -> keys.addAll(required(inner)));
        return keys;
    }

    /** Returns a value as an environment variable or part of a text. */
    static String asText(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
