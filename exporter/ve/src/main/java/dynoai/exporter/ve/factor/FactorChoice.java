package dynoai.exporter.ve.factor;

import dynoai.schemas.grid.Cylinder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The source of the correction factors. */
public sealed interface FactorChoice {
    /** A table of percentages; if a manifest next to it lists it, it is verified as part of that run. */
    record OfFile(Path file) implements FactorChoice {}

    /**
     * The delta table of a run folder.
     *
     * @param cylinder null for both cylinders
     */
    record OfRun(Path folder, @Nullable Cylinder cylinder) implements FactorChoice {}
}
