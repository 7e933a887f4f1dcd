package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.StrictJson;
import dynoai.schemas.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fields of one mapping, read by name and type. Every problem is collected with its line and path. */
final class RecipeFields {
    private final YamlNode.Mapping mapping;
    private final String path;
    private final Problems problems;

    private RecipeFields(YamlNode.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /** Returns the fields of a value that must be a mapping; no fields if it is not one. */
    static RecipeFields of(YamlNode value, String path, Problems problems) {
        if (value instanceof YamlNode.Mapping fields) {
            return new RecipeFields(fields, path, problems);
        }
        problems.add(value.line(), path, "must be a mapping of fields, is " + words(value));
        return new RecipeFields(new YamlNode.Mapping(value.line(), Map.of()), path, problems);
    }

    void allow(List<String> known) {
        for (String name : mapping.fields().keySet()) {
            if (!known.contains(name)) {
                problem(name, "unknown field; known are " + String.join(", ", known));
            }
        }
    }

    boolean has(String name) {
        return mapping.fields().containsKey(name);
    }

    int line() {
        return mapping.line();
    }

    int line(String name) {
        YamlNode value = mapping.fields().get(name);
        return value == null ? mapping.line() : value.line();
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    void problem(String name, String message) {
        problems.add(line(name), path(name), message);
    }

    @Nullable
    YamlNode get(String name) {
        return mapping.fields().get(name);
    }

    /** Returns the value as JSON; null if the field is missing. */
    JsonNode json(String name) {
        YamlNode value = get(name);
        return value == null ? NullNode.getInstance() : json(value);
    }

    Optional<String> text(String name) {
        return scalar(
                        name,
                        "text",
                        json -> json.isTextual() && !json.textValue().isBlank())
                .map(JsonNode::textValue);
    }

    String requiredText(String name) {
        if (!has(name)) {
            problem(name, "missing");
        }
        return text(name).orElse("");
    }

    Optional<Long> whole(String name, long min, long max) {
        String wanted = "a whole number" + (min == Long.MIN_VALUE ? "" : " from " + min + " to " + max);
        return scalar(
                        name,
                        wanted,
                        json -> json.isIntegralNumber()
                                && json.canConvertToLong()
                                && json.longValue() >= min
                                && json.longValue() <= max)
                .map(JsonNode::longValue);
    }

    Optional<Double> seconds(String name) {
        return scalar(
                        name,
                        "a number of seconds greater than 0",
                        json -> json.isNumber() && json.doubleValue() > 0 && json.doubleValue() < 1e9)
                .map(JsonNode::doubleValue);
    }

    /** Returns a list of texts; empty (the Optional) if the field is missing. */
    Optional<List<String>> texts(String name) {
        return Optional.ofNullable(get(name)).map(value -> {
            List<String> texts = new ArrayList<>();
            if (!(value instanceof YamlNode.Sequence list)) {
                problem(name, "must be a list, is " + words(value));
                return texts;
            }
            for (YamlNode item : list.items()) {
                if (item.value() instanceof String text) {
                    texts.add(text);
                } else {
                    problems.add(item.line(), path(name), "must be a list of texts; " + words(item) + " is not text");
                }
            }
            return texts;
        });
    }

    /** Returns a list of texts; one text alone is a list of one. */
    List<String> textOrTexts(String name) {
        return get(name) instanceof YamlNode.Scalar
                ? text(name).map(List::of).orElse(List.of())
                : texts(name).orElse(List.of());
    }

    ObjectNode object(String name) {
        if (has(name)) {
            if (json(name) instanceof ObjectNode object) {
                return object;
            }
            problem(name, "must be a mapping, is " + json(name));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns the fields of a field; no fields if it is missing. */
    RecipeFields inside(String name) {
        YamlNode value = get(name);
        return of(value == null ? new YamlNode.Mapping(mapping.line(), Map.of()) : value, path(name), problems);
    }

    static String words(YamlNode value) {
        if (value instanceof YamlNode.Mapping) {
            return "a mapping";
        }
        return value instanceof YamlNode.Sequence ? "a list" : json(value).toString();
    }

    private static JsonNode json(YamlNode value) {
        return StrictJson.of(value.value(), "the value");
    }

    private Optional<JsonNode> scalar(String name, String wanted, Predicate<JsonNode> accepted) {
        YamlNode value = get(name);
        if (value == null) {
            return Optional.empty();
        }
        JsonNode json = json(value);
        if (accepted.test(json)) {
            return Optional.of(json);
        }
        boolean unquoted = wanted.equals("text") && json.isValueNode() && !json.isTextual();
        problem(name, "must be " + wanted + ", is " + words(value) + (unquoted ? "; write it in quotes" : ""));
        return Optional.empty();
    }
}
