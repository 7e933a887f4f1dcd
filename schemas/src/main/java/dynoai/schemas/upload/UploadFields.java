package dynoai.schemas.upload;

import dynoai.schemas.json.JsonTree;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a stored JSON object. */
record UploadFields(JsonTree json) {
    String text(String name) {
        return json.at(name).text();
    }

    long number(String name) {
        return json.at(name).whole();
    }

    boolean flag(String name) {
        return json.at(name).flag();
    }

    Instant time(String name) {
        return Instant.parse(text(name));
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (json.at(name).value() instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }
}
