package dynoai.exporter.manifest;

import dynoai.exporter.json.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run's manifest, {@code dynoai.manifest@1}: what went in, with which options, what came out, and its hashes. */
public final class Manifest {
    public static final String SCHEMA_ID = "dynoai.manifest@1";

    /** Its name in every run folder; {@link #namedFile} holds the same bytes. */
    public static final String FILE = "manifest.json";

    private final Map<String, @Nullable Object> root;
    private final byte[] bytes;

    private Manifest(Map<String, @Nullable Object> root, byte[] bytes) {
        this.root = root;
        this.bytes = bytes;
    }

    /** A manifest from its fields; schema id and fingerprint are added. */
    public static Manifest of(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("schema_id", SCHEMA_ID);
        root.putAll(fields);
        root.put("fingerprint", Fingerprint.of(root));
        return new Manifest(root, JsonTree.write(root));
    }

    /** Reads a manifest back. An {@link IOException} says in what it is none. */
    public static Manifest read(byte[] bytes) throws IOException {
        @Nullable Object value = JsonTree.read(bytes);
        if (!(value instanceof Map<?, ?> map) || !SCHEMA_ID.equals(map.get("schema_id"))) {
            throw new IOException("not a manifest: it has no schema_id of " + SCHEMA_ID);
        }
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        map.forEach((name, field) -> root.put((String) name, field));
        if (!(root.get("run_id") instanceof String)) {
            throw new IOException("not a manifest: it has no run_id");
        }
        return new Manifest(root, bytes.clone());
    }

    /** The second name of a run's manifest: with the run's id it stays recognisable outside of its folder. */
    public static String namedFile(String runId) {
        return runId + ".manifest.json";
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** All fields, in the order they are written. */
    public Map<String, @Nullable Object> root() {
        return Collections.unmodifiableMap(root);
    }

    public String runId() {
        return text(root, "run_id");
    }

    public boolean ok() {
        return Boolean.TRUE.equals(root.get("ok"));
    }

    public @Nullable String message() {
        return root.get("message") instanceof String message ? message : null;
    }

    public String mathVersion() {
        return text(root, "math_version");
    }

    /** The hash of the log that was analysed. */
    public String inputSha256() {
        return root.get("input") instanceof Map<?, ?> input ? text(input, "sha256") : "";
    }

    public String fingerprint() {
        return text(root, "fingerprint");
    }

    /** Whether the fingerprint belongs to the other fields; if not, one of them was changed by hand. */
    public boolean hasRightFingerprint() {
        return fingerprint().equals(Fingerprint.of(root));
    }

    /** Every other file of the run. */
    public List<ManifestOutput> outputs() {
        List<ManifestOutput> outputs = new ArrayList<>();
        if (root.get("outputs") instanceof List<?> listed) {
            for (Object item : listed) {
                if (item instanceof Map<?, ?> output) {
                    outputs.add(new ManifestOutput(
                            text(output, "file"),
                            text(output, "type"),
                            text(output, "schema"),
                            whole(output, "rows"),
                            whole(output, "cols"),
                            Objects.requireNonNullElse(whole(output, "size_bytes"), -1L),
                            text(output, "sha256")));
                }
            }
        }
        return outputs;
    }

    private static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    private static @Nullable Long whole(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Long number ? number : null;
    }
}
