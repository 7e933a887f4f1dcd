package dynoai.exporter.manifest;

import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
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
        return at("ok").flag();
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
        return at("outputs").items().stream().map(ManifestOutput::of).toList();
    }

    /** Returns the value at a path of field names; null without one. */
    public @Nullable Object value(String... path) {
        return at(path).value();
    }

    /** Returns the text at a path of field names; empty without one. */
    public String text(String... path) {
        return at(path).text();
    }

    /** Returns the whole number at a path of field names; 0 without one. */
    public long whole(String... path) {
        return at(path).whole();
    }

    /** Returns the number at a path of field names; NaN without one. */
    public double number(String... path) {
        return at(path).number();
    }

    /** Returns the object at a path of field names; empty without one. */
    public Map<?, ?> fields(String... path) {
        return value(path) instanceof Map<?, ?> fields ? fields : Map.of();
    }

    private JsonTree at(String... path) {
        return new JsonTree(root).at(path);
    }
}
