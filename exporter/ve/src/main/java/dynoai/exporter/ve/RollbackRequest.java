package dynoai.exporter.ve;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A request to undo an application.
 *
 * @param current the table that the application wrote
 * @param metadata the metadata of the application
 * @param output file for the restored table; may be the current one
 * @param factor the factor table if it was moved; null to use the path in the metadata
 */
public record RollbackRequest(
        Path current, Path metadata, Path output, @Nullable Path factor) {}
