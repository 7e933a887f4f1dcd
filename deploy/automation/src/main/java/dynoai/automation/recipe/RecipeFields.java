package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of one mapping, read by name and type; every fault is noted with its line and path. */
final class RecipeFields {
    private final YamlValue.Mapping mapping;
    private final String path;
    private final Problems problems;

    private RecipeFields(YamlValue.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /** The fields of a value that must be a mapping; an empty one when it is not. */
    static RecipeFields of(YamlValue value, String path, Problems problems) {
        if (value instanceof YamlValue.Mapping) {
            return new RecipeFields((YamlValue.Mapping) value, path, problems);
        }
        problems.add(value.line(), path, "must be a mapping of fields, is " + value.words());
        return new RecipeFields(new YamlValue.Mapping(value.line(), Map.of()), path, problems);
    }

    void only(Set<String> known) {
        mapping.fields().forEach((name, value) -> {
            if (!known.contains(name)) {
                problem(name, "unknown field; known are " + String.join(", ", known));
            }
        });
    }

    boolean has(String name) {
        return mapping.fields().containsKey(name);
    }

    int line() {
        return mapping.line();
    }

    int line(String name) {
        YamlValue value = mapping.fields().get(name);
        return value == null ? mapping.line() : value.line();
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    void problem(String name, String message) {
        problems.add(line(name), path(name), message);
    }

    /** The value as it stands; empty when the field is not there. */
    Optional<YamlValue> value(String name) {
        return Optional.ofNullable(mapping.fields().get(name));
    }

    Optional<String> text(String name) {
        return scalar(name, "text")
                .filter(json -> {
                    if (json.isTextual() && !json.textValue().isBlank()) {
                        return true;
                    }
                    problem(name, "must be text, is " + json + (json.isTextual() ? "" : "; write it in quotes"));
                    return false;
                })
                .map(JsonNode::textValue);
    }

    String requiredText(String name) {
        if (!has(name)) {
            problem(name, "missing");
        }
        return text(name).orElse("");
    }

    Optional<Long> whole(String name, long least, long most) {
        return scalar(name, "a whole number")
                .filter(json -> {
                    if (json.isIntegralNumber()
                            && json.canConvertToLong()
                            && json.longValue() >= least
                            && json.longValue() <= most) {
                        return true;
                    }
                    problem(
                            name,
                            "must be a whole number" + (least == Long.MIN_VALUE ? "" : " from " + least + " to " + most)
                                    + ", is " + json);
                    return false;
                })
                .map(JsonNode::longValue);
    }

    Optional<Double> seconds(String name) {
        return scalar(name, "a number of seconds")
                .filter(json -> {
                    if (json.isNumber() && json.doubleValue() > 0 && json.doubleValue() < 1e9) {
                        return true;
                    }
                    problem(name, "must be a number of seconds greater than 0, is " + json);
                    return false;
                })
                .map(JsonNode::doubleValue);
    }

    /** A list of texts; empty (the Optional) when the field is not there. */
    Optional<List<String>> texts(String name) {
        return value(name).map(value -> {
            List<String> texts = new ArrayList<>();
            if (!(value instanceof YamlValue.Sequence)) {
                problem(name, "must be a list, is " + value.words());
                return texts;
            }
            for (YamlValue item : ((YamlValue.Sequence) value).items()) {
                if (item.json().isTextual()) {
                    texts.add(item.json().textValue());
                } else {
                    problems.add(item.line(), path(name), "must be a list of texts; " + item.words() + " is none");
                }
            }
            return texts;
        });
    }

    /** A list of texts, or one text alone. */
    List<String> textOrTexts(String name) {
        Optional<YamlValue> value = value(name);
        if (value.isPresent() && value.get() instanceof YamlValue.Scalar) {
            return text(name).map(List::of).orElse(List.of());
        }
        return texts(name).orElse(List.of());
    }

    ObjectNode object(String name) {
        YamlValue value = mapping.fields().get(name);
        if (value == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode json = value.json();
        if (json.isObject()) {
            return (ObjectNode) json;
        }
        problem(name, "must be a mapping, is " + value.words());
        return JsonNodeFactory.instance.objectNode();
    }

    /** The fields of a field; none when it is not there. */
    RecipeFields inside(String name) {
        YamlValue value = mapping.fields().get(name);
        return of(value == null ? new YamlValue.Mapping(mapping.line(), Map.of()) : value, path(name), problems);
    }

    private Optional<JsonNode> scalar(String name, String wanted) {
        YamlValue value = mapping.fields().get(name);
        if (value != null && !(value instanceof YamlValue.Scalar)) {
            problem(name, "must be " + wanted + ", is " + value.words());
            return Optional.empty();
        }
        return Optional.ofNullable(value).map(YamlValue::json);
    }
}
