package dynoai.exporter.ve;

import dynoai.schemas.grid.Cylinder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the correction factors come from. */
public sealed interface FactorChoice {
    /** A table of percentages; when a manifest beside it lists it, it is checked as part of that run. */
    record OfFile(Path file) implements FactorChoice {}

    /**
     * A run folder's delta table.
     *
     * @param cylinder whose delta; null for the one of both
     */
    record OfRun(Path folder, @Nullable Cylinder cylinder) implements FactorChoice {}
}
