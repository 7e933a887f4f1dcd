package dynoai.engine;

import dynoai.exporter.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run's manifest as read back from its file; what it does not say is empty. */
record RunManifest(Path file, Map<?, ?> root) {
    static final String NAME = "manifest.json";

    private static final int LARGEST_BYTES = 16 << 20;

    /** A file of the run as the manifest lists it. */
    record Output(String file, long sizeBytes, String sha256) {}

    /** @param place a manifest, or the run folder that holds it */
    static RunManifest read(Path place) throws InvalidRunFolderException, IOException {
        Path file = Files.isDirectory(place) ? place.resolve(NAME) : place;
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.size(file) > LARGEST_BYTES) {
            throw new InvalidRunFolderException(file + " is no manifest: it is larger than 16 MiB");
        }
        byte[] bytes = Files.readAllBytes(file);
        @Nullable Object root;
        try {
            root = JsonTree.read(bytes);
        } catch (IOException e) {
            throw new InvalidRunFolderException(file + " is no manifest: it is not valid JSON: " + e.getMessage());
        }
        if (!(root instanceof Map<?, ?> map)
                || !(map.get("schema_id") instanceof String id)
                || !id.startsWith("dynoai.manifest@")) {
            throw new InvalidRunFolderException(file + " is no manifest: it has no schema_id of dynoai.manifest@1");
        }
        return new RunManifest(file, map);
    }

    String runId() {
        return text(root, "run_id");
    }

    boolean isOk() {
        return Boolean.TRUE.equals(root.get("ok"));
    }

    String inputSha256() {
        return root.get("input") instanceof Map<?, ?> input ? text(input, "sha256") : "";
    }

    Map<?, ?> args() {
        return root.get("args") instanceof Map<?, ?> args ? args : Map.of();
    }

    List<Output> outputs() {
        List<Output> outputs = new ArrayList<>();
        if (root.get("outputs") instanceof List<?> listed) {
            for (Object each : listed) {
                if (each instanceof Map<?, ?> output) {
                    long size = output.get("size_bytes") instanceof Long bytes ? bytes : -1;
                    outputs.add(new Output(text(output, "file"), size, text(output, "sha256")));
                }
            }
        }
        return outputs;
    }

    private static String text(Map<?, ?> object, String field) {
        return object.get(field) instanceof String text ? text : "";
    }
}
