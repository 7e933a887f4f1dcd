package dynoai.automation.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.schemas.option.Option;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A step's parameters, read by name and type. A missing or wrong one is an {@link InvalidStepException} that names it. */
public final class Params {
    private final ObjectNode values;

    public Params(ObjectNode values) {
        this.values = values;
    }

    public boolean has(String name) {
        return values.hasNonNull(name);
    }

    public String text(String name) {
        return value(name, "text", JsonNode::isTextual).textValue();
    }

    public String text(String name, String defaultText) {
        return has(name) ? text(name) : defaultText;
    }

    public double number(String name) {
        return value(name, "a number", JsonNode::isNumber).doubleValue();
    }

    public double number(String name, double defaultNumber) {
        return has(name) ? number(name) : defaultNumber;
    }

    public int whole(String name, int defaultNumber) {
        return has(name)
                ? value(name, "a whole number", value -> value.isIntegralNumber() && value.canConvertToInt())
                        .intValue()
                : defaultNumber;
    }

    /** Returns false if the flag is not given. */
    public boolean flag(String name) {
        return has(name) && value(name, "true or false", JsonNode::isBoolean).booleanValue();
    }

    public Path path(String name) {
        return path(name, text(name));
    }

    public @Nullable Path pathOrNull(String name) {
        return has(name) ? path(name) : null;
    }

    /** Returns a list of paths; one path alone is a list of one. Empty if not given. */
    public List<Path> paths(String name) {
        return texts(name).stream().map(text -> path(name, text)).toList();
    }

    private static Path path(String name, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidStepException("params." + name + ": not a valid path: " + e.getMessage());
        }
    }

    public @Nullable LocalDate dayOrNull(String name) {
        try {
            return has(name) ? LocalDate.parse(text(name)) : null;
        } catch (DateTimeParseException e) {
            throw new InvalidStepException("params." + name + ": must be a day as 2026-01-31, is " + text(name));
        }
    }

    /** Returns a list of texts; one text alone is a list of one. Empty if not given. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (has(name)) {
            JsonNode value = values.get(name);
            for (JsonNode element : value.isArray() ? value : List.of(value)) {
                if (!element.isTextual()) {
                    throw wrong(name, "a list of texts", value);
                }
                texts.add(element.textValue());
            }
        }
        return texts;
    }

    /** Returns the options of an analysis, the parameter {@code options}, as texts by name; empty if not given. */
    public Map<String, String> options() {
        String name = "options";
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(name)) {
            for (Map.Entry<String, JsonNode> field :
                    value(name, "an object", JsonNode::isObject).properties()) {
                JsonNode value = field.getValue();
                boolean columns = value.isObject() && Option.ofKey(field.getKey()) == Option.COLUMNS;
                if (value.isContainerNode() && !columns) {
                    throw wrong(name + "." + field.getKey(), "a single value", value);
                }
                if (!value.isNull()) {
                    texts.put(field.getKey(), columns ? Option.text(texts(value)) : value.asText());
                }
            }
        }
        return texts;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    /** Returns a copy of all parameters. */
    public ObjectNode json() {
        return values.deepCopy();
    }

    private JsonNode value(String name, String wanted, Predicate<JsonNode> accepted) {
        if (!has(name)) {
            throw new InvalidStepException("params." + name + ": missing");
        }
        JsonNode value = values.get(name);
        if (!accepted.test(value)) {
            throw wrong(name, wanted, value);
        }
        return value;
    }

    private static InvalidStepException wrong(String name, String wanted, JsonNode value) {
        String text = value.toString();
        return new InvalidStepException("params." + name + ": must be " + wanted + ", is "
                + (text.length() > 60 ? text.substring(0, 60) + "…" : text));
    }
}
