package dynoai.schemas.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a YAML document with its line, counted from 1. */
public sealed interface YamlNode {
    int line();

    /** Returns the value as a String, Boolean, Integer, Long, BigInteger, Double or null, or a List or Map of these. */
    @Nullable
    Object value();

    /** A single value. */
    record Scalar(int line, @Nullable Object value) implements YamlNode {}

    /** A list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        @Override
        public List<@Nullable Object> value() {
            List<@Nullable Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.value()));
            return Collections.unmodifiableList(values);
        }
    }

    /** Values by name, in the order of the document. */
    record Mapping(int line, Map<String, YamlNode> fields) implements YamlNode {
        @Override
        public Map<String, @Nullable Object> value() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            fields.forEach((name, field) -> values.put(name, field.value()));
            return Collections.unmodifiableMap(values);
        }
    }
}
