package dynoai.automation.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step's parameters, read by name and type; what is missing or of another type is refused by name. */
public final class Params {
    private final ObjectNode values;

    public Params(ObjectNode values) {
        this.values = values;
    }

    public boolean has(String name) {
        return values.hasNonNull(name);
    }

    public String text(String name) {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw wrong(name, "text", value);
        }
        return value.textValue();
    }

    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    public double number(String name) {
        JsonNode value = required(name);
        if (!value.isNumber()) {
            throw wrong(name, "a number", value);
        }
        return value.doubleValue();
    }

    public double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    public int whole(String name, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = values.get(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(name, "a whole number", value);
        }
        return value.intValue();
    }

    public boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        JsonNode value = values.get(name);
        if (!value.isBoolean()) {
            throw wrong(name, "true or false", value);
        }
        return value.booleanValue();
    }

    public Path path(String name) {
        try {
            return Path.of(text(name));
        } catch (InvalidPathException e) {
            throw new InvalidStepException("params." + name + ": not a valid path: " + e.getMessage());
        }
    }

    public @Nullable Path pathOrNull(String name) {
        return has(name) ? path(name) : null;
    }

    /** A list of paths; one path alone is a list of one. Empty when not given. */
    public List<Path> paths(String name) {
        try {
            return texts(name).stream().map(Path::of).toList();
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

    /** A list of texts; one text alone is a list of one. Empty when not given. */
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

    /** Scalars by name, as text; empty when not given. For option tables. */
    public Map<String, String> textMap(String name) {
        Map<String, String> texts = new java.util.LinkedHashMap<>();
        if (has(name)) {
            JsonNode value = values.get(name);
            if (!value.isObject()) {
                throw wrong(name, "an object", value);
            }
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                if (field.getValue().isContainerNode()) {
                    throw wrong(name + "." + field.getKey(), "a single value", field.getValue());
                }
                if (!field.getValue().isNull()) {
                    texts.put(field.getKey(), field.getValue().asText());
                }
            }
        }
        return texts;
    }

    /** All of them; a copy. */
    public ObjectNode json() {
        return values.deepCopy();
    }

    private JsonNode required(String name) {
        if (!has(name)) {
            throw new InvalidStepException("params." + name + ": missing");
        }
        return values.get(name);
    }

    private static InvalidStepException wrong(String name, String wanted, JsonNode value) {
        String text = value.toString();
        return new InvalidStepException("params." + name + ": must be " + wanted + ", is "
                + (text.length() > 60 ? text.substring(0, 60) + "…" : text));
    }
}
