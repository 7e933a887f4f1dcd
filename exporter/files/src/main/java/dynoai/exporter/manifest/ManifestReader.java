package dynoai.exporter.manifest;

import dynoai.schemas.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads manifests. It checks the schema id and the run id; {@link Manifest} reads missing fields as empty. */
public final class ManifestReader {
    private static final int MAX_MIB = 16;
    private static final int MAX_BYTES = MAX_MIB << 20;

    private ManifestReader() {}

    /**
     * Reads a manifest.
     *
     * @param place a run folder or a manifest
     * @throws NoSuchFileException if there is no manifest
     * @throws InvalidRunFolderException if the file is not a manifest
     */
    public static Manifest read(Path place) throws IOException {
        Path file = fileOf(place);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidRunFolderException(file + " is not a manifest: it is larger than " + MAX_MIB + " MiB");
            }
            return read(file.toString(), bytes);
        }
    }

    /**
     * Reads a manifest from its bytes.
     *
     * @param name the file's name for messages
     */
    public static Manifest read(String name, byte[] bytes) throws InvalidRunFolderException {
        @Nullable Object value;
        try {
            value = Json.read(bytes);
        } catch (IOException e) {
            throw new InvalidRunFolderException(name + " is not a manifest: it is not valid JSON: " + e.getMessage());
        }
        if (!(value instanceof Map<?, ?> map) || !Manifest.SCHEMA_ID.equals(map.get("schema_id"))) {
            throw new InvalidRunFolderException(
                    name + " is not a manifest: it has no schema_id of " + Manifest.SCHEMA_ID);
        }
        if (!(map.get("run_id") instanceof String)) {
            throw new InvalidRunFolderException(name + " is not a manifest: it has no run_id");
        }
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        map.forEach((field, content) -> root.put((String) field, content));
        return new Manifest(root, bytes.clone());
    }

    /** Returns the manifest of a folder; empty when the folder holds no valid one. */
    public static Optional<Manifest> find(Path folder) throws IOException {
        try {
            return Optional.of(read(RunFolderLayout.manifestIn(folder)));
        } catch (InvalidRunFolderException | NoSuchFileException ignored) {
            // An unrelated folder is an answer here, not an error.
            return Optional.empty();
        }
    }

    /** Returns the manifest itself, given it or its run folder. */
    public static Path fileOf(Path place) {
        return Files.isDirectory(place) ? RunFolderLayout.manifestIn(place) : place;
    }
}
