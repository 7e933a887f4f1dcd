package dynoai.exporter.ve;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to take back.
 *
 * @param current the table as applying left it
 * @param metadata what applying wrote about it
 * @param output where the restored table goes; may be the current one
 * @param factor the factor table where it is no longer where the metadata says; null to follow the metadata
 */
public record RollbackRequest(
        Path current, Path metadata, Path output, @Nullable Path factor) {}
