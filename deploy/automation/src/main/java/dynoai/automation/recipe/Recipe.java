package dynoai.automation.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A recipe that passed every check.
 *
 * @param file the file it was read from
 * @param sha256 of the file's bytes; a run is resumed only with the same recipe
 * @param binding the events of the pipeline that start it; empty if it is started by hand
 * @param steps in order of idx
 */
public record Recipe(Path file, String sha256, TestMeta meta, Optional<EventBinding> binding, List<RecipeStep> steps) {

    /** Returns the file's name without its extension. */
    public String name() {
        String name = String.valueOf(file.getFileName());
        return name.replaceFirst("\\.ya?ml$", "");
    }

    /** Documentation of a recipe; texts that were not given are empty. */
    public record TestMeta(String testId, String tester, String description) {}

    /**
     * Binds a recipe to completed runs of the pipeline.
     *
     * @param shops shops whose runs start it; empty for all
     * @param cells cells whose runs start it; empty for all
     */
    public record EventBinding(List<String> shops, List<String> cells) {
        public static final String RUN_COMPLETED = "run-completed";

        public boolean matches(String shop, String cell) {
            return (shops.isEmpty() || shops.contains(shop)) && (cells.isEmpty() || cells.contains(cell));
        }
    }
}
