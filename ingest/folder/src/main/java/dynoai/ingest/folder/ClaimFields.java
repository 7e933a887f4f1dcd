package dynoai.ingest.folder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a small YAML or JSON file, each read as what it must be. */
record ClaimFields(Map<?, ?> map) {

    /** The value as text; empty where it is missing or null. */
    String text(String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }

    /** The value as a whole number; 0 where it is missing or none. */
    long number(String key) {
        Object value = map.get(key);
        return value instanceof Number number ? number.longValue() : 0;
    }

    Optional<Map<?, ?>> map(String key) {
        Object value = map.get(key);
        return value instanceof Map<?, ?> inner ? Optional.of(inner) : Optional.empty();
    }

    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(key).ifPresent(inner -> inner.forEach((name, value) -> texts.put(name.toString(), value.toString())));
        return texts;
    }
}
