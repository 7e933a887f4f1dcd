package dynoai.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A run's manifest as read back from its file. */
record RunManifest(Path file, JsonNode root) {
    static final String NAME = "manifest.json";

    private static final int LARGEST_BYTES = 16 << 20;

    /** @param place a manifest, or the run folder that holds it */
    static RunManifest read(Path place) throws RunFolderRefused, IOException {
        Path file = Files.isDirectory(place) ? place.resolve(NAME) : place;
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.size(file) > LARGEST_BYTES) {
            throw new RunFolderRefused(file + " is no manifest: it is larger than 16 MiB");
        }
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new RunFolderRefused(file + " is no manifest: it is not valid JSON: " + e.getOriginalMessage());
        }
        if (root == null || !root.isObject() || !root.path("schema_id").asText().startsWith("dynoai.manifest@")) {
            throw new RunFolderRefused(file + " is no manifest: it has no schema_id of dynoai.manifest@1");
        }
        return new RunManifest(file, root);
    }

    String text(String field) {
        return root.path(field).asText("");
    }
}
