package dynoai.automation.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A recipe that passed every check.
 *
 * @param file where it was read from
 * @param sha256 of the file's bytes, so that a resumed run is a run of the same recipe
 * @param binding the events of the pipeline it runs on; empty when it is started by hand only
 * @param steps in order of idx
 */
public record Recipe(Path file, String sha256, TestMeta meta, Optional<EventBinding> binding, List<RecipeStep> steps) {

    /** The file's name without its ending. */
    public String name() {
        String name = String.valueOf(file.getFileName());
        return name.replaceFirst("\\.ya?ml$", "");
    }

    /** Who runs this and what for; empty texts where not given. */
    public record TestMeta(String testId, String tester, String description) {}

    /**
     * Run when a run completes in the pipeline.
     *
     * @param shops the shops it is for; empty for all
     * @param cells the cells it is for; empty for all
     */
    public record EventBinding(List<String> shops, List<String> cells) {
        public static final String RUN_COMPLETED = "run-completed";

        public boolean matches(String shop, String cell) {
            return (shops.isEmpty() || shops.contains(shop)) && (cells.isEmpty() || cells.contains(cell));
        }
    }
}
