package dynoai.exporter.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of a run, as its manifest lists it.
 *
 * @param type {@code csv}, {@code txt}, {@code json} or {@code html}
 * @param schema what the file holds, for example {@code ve_delta_grid}
 * @param rows rows of a table without its header; null where the file is no table
 * @param cols columns of a table without its row labels; null where the file is no table
 */
public record ManifestOutput(
        String file,
        String type,
        String schema,
        @Nullable Long rows,
        @Nullable Long cols,
        long sizeBytes,
        String sha256) {

    static ManifestOutput ofJson(Map<?, ?> fields) {
        return new ManifestOutput(
                text(fields, "file"),
                text(fields, "type"),
                text(fields, "schema"),
                whole(fields, "rows"),
                whole(fields, "cols"),
                Objects.requireNonNullElse(whole(fields, "size_bytes"), -1L),
                text(fields, "sha256"));
    }

    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("file", file);
        fields.put("path", file);
        fields.put("type", type);
        fields.put("schema", schema);
        fields.put("rows", rows);
        fields.put("cols", cols);
        fields.put("size_bytes", sizeBytes);
        fields.put("sha256", sha256);
        return fields;
    }

    private static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    private static @Nullable Long whole(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Long number ? number : null;
    }
}
