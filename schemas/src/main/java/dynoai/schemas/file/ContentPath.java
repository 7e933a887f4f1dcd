package dynoai.schemas.file;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths in the store of logs, which the ingest fills and the exporter reads, by the hash of the content. */
public final class ContentPath {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int SHELF_DIGITS = 2;

    private ContentPath() {}

    /** @param sha256 64 lower-case hexadecimal digits; anything else is an {@link IllegalArgumentException} */
    public static Path of(Path store, String sha256) {
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("no SHA-256 in lower-case hexadecimal digits: '" + sha256 + "'");
        }
        return store.resolve(sha256.substring(0, SHELF_DIGITS)).resolve(sha256);
    }
}
