package dynoai.exporter.manifest;

import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hash of all fields that are equal when the same log is analysed with the same options.
 *
 * <p>It is the SHA-256, in lower-case hexadecimal digits, of the {@linkplain Json#canonical canonical JSON} of an object
 * with these members of the manifest: {@code schema_id}, {@code app_version}, {@code math_version}, {@code ok}, {@code
 * input} without {@code path}, {@code args} without {@code base_front} and {@code base_rear} (their hashes stay), {@code
 * columns}, {@code kernel}, {@code stats}, {@code diagnostics}, and {@code outputs} without {@code path}. Ids, times, paths
 * and messages are left out.
 */
final class Fingerprint {
    private static final List<String> MEMBERS = List.of(
            "schema_id",
            "app_version",
            "math_version",
            "ok",
            "input",
            "args",
            "columns",
            "kernel",
            "stats",
            "diagnostics",
            "outputs");

    private Fingerprint() {}

    static String of(Map<String, ? extends @Nullable Object> manifest) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name : MEMBERS) {
            members.put(name, manifest.get(name));
        }
        members.put("input", without(manifest.get("input"), "path"));
        members.put("args", without(without(manifest.get("args"), "base_front"), "base_rear"));
        List<@Nullable Object> outputs = new ArrayList<>();
        if (manifest.get("outputs") instanceof List<?> listed) {
            listed.forEach(output -> outputs.add(without(output, "path")));
        }
        members.put("outputs", outputs);
        return Sha256.hex(Json.canonical(members));
    }

    private static @Nullable Object without(@Nullable Object value, String field) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, @Nullable Object> rest = new LinkedHashMap<>(map);
        rest.remove(field);
        return rest;
    }
}
