package dynoai.app.storage;

import dynoai.exporter.shelf.StorageSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How buckets are reached.
 *
 * @param endpoint of a server that is not the provider's own; empty for that one
 * @param pathStyle whether the bucket is part of the path and not of the host name
 * @param region of the bucket; empty for the one that the environment names
 */
public record StorageAccess(Optional<URI> endpoint, boolean pathStyle, Optional<String> region) {
    /** Access as the environment defines it. */
    public static final StorageAccess DEFAULT = new StorageAccess(Optional.empty(), false, Optional.empty());

    /** @param local folder for drafts and copies */
    StorageSettings settings(Path local) {
        return new StorageSettings(local, endpoint, pathStyle, region);
    }
}
