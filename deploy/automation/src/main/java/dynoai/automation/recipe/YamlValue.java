package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A value of a YAML file that knows its line. */
sealed interface YamlValue {
    int line();

    JsonNode json();

    /** A single value, resolved as YAML 1.2 says. */
    record Scalar(int line, JsonNode json) implements YamlValue {}

    record Sequence(int line, List<YamlValue> items) implements YamlValue {
        @Override
        public JsonNode json() {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> array.add(item.json()));
            return array;
        }
    }

    record Mapping(int line, Map<String, YamlValue> fields) implements YamlValue {
        @Override
        public JsonNode json() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach((name, value) -> object.set(name, value.json()));
            return object;
        }
    }

    /** What it is, in words. */
    default String words() {
        if (this instanceof Mapping) {
            return "a mapping";
        }
        return this instanceof Sequence ? "a list" : "" + json();
    }
}
