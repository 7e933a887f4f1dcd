package dynoai.exporter.manifest;

import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of a run, as its manifest lists it.
 *
 * @param type {@code csv}, {@code txt}, {@code json} or {@code html}
 * @param schema what the file holds, for example {@code ve_delta_grid}
 * @param rows rows of a table without its header; null if the file is not a table
 * @param cols columns of a table without its row labels; null if the file is not a table
 */
public record ManifestOutput(
        String file,
        String type,
        String schema,
        @Nullable Long rows,
        @Nullable Long cols,
        long sizeBytes,
        String sha256) {

    static ManifestOutput of(JsonTree fields) {
        return new ManifestOutput(
                fields.at("file").text(),
                fields.at("type").text(),
                fields.at("schema").text(),
                fields.at("rows").value() instanceof Long rows ? rows : null,
                fields.at("cols").value() instanceof Long columns ? columns : null,
                fields.at("size_bytes").value() instanceof Long size ? size : -1,
                fields.at("sha256").text());
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

    /** Returns how the file in a run folder differs from the manifest, for example {@code missing}; null if it does not. */
    public @Nullable String problemIn(Path folder) throws IOException {
        if (!isFileName(file)) {
            return "the manifest names a file outside of the run folder";
        }
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return "missing";
        }
        long size = Files.size(path);
        if (size != sizeBytes) {
            return "has " + size + " bytes, the manifest says " + sizeBytes;
        }
        String hash = Sha256.hex(path);
        return hash.equals(sha256) ? null : "has SHA-256 " + hash + ", the manifest says " + sha256;
    }

    /** Whether a name cannot lead out of a folder. */
    public static boolean isFileName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('\\') < 0
                && name.indexOf('\0') < 0;
    }
}
