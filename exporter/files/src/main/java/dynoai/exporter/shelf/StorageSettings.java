package dynoai.exporter.shelf;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How storage at an address is reached.
 *
 * @param local folder for drafts and copies; only this process uses it
 * @param endpoint of a server that is not the provider's own; empty for that one
 * @param pathStyle whether the bucket is part of the path and not of the host name
 * @param region of the bucket; empty for the one that the environment names
 */
public record StorageSettings(Path local, Optional<URI> endpoint, boolean pathStyle, Optional<String> region) {}
