package dynoai.schemas.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view of a JSON value. A field that is missing or of another type reads as empty, 0, NaN or false. */
public record JsonTree(@Nullable Object value) {
    private static final int MAX_BYTES = 16 << 20;

    /** @throws IOException if the file is missing, is larger than 16 MiB or is not JSON */
    public static JsonTree read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file.getFileName() + " is larger than 16 MiB");
        }
        return new JsonTree(Json.read(Files.readAllBytes(file)));
    }

    /** Returns the value at a path of field names. */
    public JsonTree at(String... names) {
        @Nullable Object current = value;
        for (String name : names) {
            current = current instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return new JsonTree(current);
    }

    public String text() {
        return value instanceof String text ? text : "";
    }

    public long whole() {
        return value instanceof Number number ? number.longValue() : 0;
    }

    public double number() {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    public boolean flag() {
        return Boolean.TRUE.equals(value);
    }

    public List<JsonTree> items() {
        List<JsonTree> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> items.add(new JsonTree(item)));
        }
        return items;
    }
}
