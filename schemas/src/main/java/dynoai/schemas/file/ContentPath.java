package dynoai.schemas.file;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths in the log store, which the ingest fills and the exporter reads: files are named by their hash. */
public final class ContentPath {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int SHELF_DIGITS = 2;

    private ContentPath() {}

    /** @throws IllegalArgumentException if the hash is not 64 lower-case hexadecimal digits */
    public static Path of(Path store, String sha256) {
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal digits: '" + sha256 + "'");
        }
        return store.resolve(sha256.substring(0, SHELF_DIGITS)).resolve(sha256);
    }
}
