package dynoai.exporter.manifest;

import dynoai.schemas.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run's manifest, {@code dynoai.manifest@1}: input, options, results, and the files with their hashes. */
public final class Manifest {
    public static final String SCHEMA_ID = "dynoai.manifest@1";

    private final Map<String, @Nullable Object> root;
    private final byte[] bytes;

    Manifest(Map<String, @Nullable Object> root, byte[] bytes) {
        this.root = root;
        this.bytes = bytes;
    }

    /** Returns a manifest of these fields, with schema id and fingerprint added. */
    public static Manifest of(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("schema_id", SCHEMA_ID);
        root.putAll(fields);
        root.put("fingerprint", Fingerprint.of(root));
        return new Manifest(root, Json.write(root));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns all fields, in the order of the file. */
    public Map<String, @Nullable Object> root() {
        return Collections.unmodifiableMap(root);
    }

    public String runId() {
        return text("run_id");
    }

    public boolean ok() {
        return Boolean.TRUE.equals(value("ok"));
    }

    public @Nullable String message() {
        return value("message") instanceof String message ? message : null;
    }

    public String mathVersion() {
        return text("math_version");
    }

    /** Returns the hash of the log that was analysed. */
    public String inputSha256() {
        return text("input", "sha256");
    }

    public String fingerprint() {
        return text("fingerprint");
    }

    /** Whether the fingerprint matches the other fields; if not, one of them was changed. */
    public boolean hasRightFingerprint() {
        return fingerprint().equals(Fingerprint.of(root));
    }

    /** Returns every other file of the run. */
    public List<ManifestOutput> outputs() {
        List<ManifestOutput> outputs = new ArrayList<>();
        if (value("outputs") instanceof List<?> listed) {
            for (Object item : listed) {
                if (item instanceof Map<?, ?> output) {
                    outputs.add(ManifestOutput.ofJson(output));
                }
            }
        }
        return outputs;
    }

    /** Returns the value at a path of field names; null when there is none. */
    public @Nullable Object value(String... path) {
        @Nullable Object here = root;
        for (String name : path) {
            here = here instanceof Map<?, ?> fields ? fields.get(name) : null;
        }
        return here;
    }

    /** Returns the text at a path of field names; empty when there is none. */
    public String text(String... path) {
        return value(path) instanceof String text ? text : "";
    }

    /** Returns the whole number at a path of field names; 0 when there is none. */
    public long whole(String... path) {
        return value(path) instanceof Number number ? number.longValue() : 0;
    }

    /** Returns the number at a path of field names; NaN when there is none. */
    public double number(String... path) {
        return value(path) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Returns the object at a path of field names; empty when there is none. */
    public Map<?, ?> fields(String... path) {
        return value(path) instanceof Map<?, ?> fields ? fields : Map.of();
    }
}
