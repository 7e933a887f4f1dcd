package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One entry of a recipe's steps. */
public sealed interface RecipeStep {
    Head head();

    default String name() {
        return head().name();
    }

    /**
     * The fields of every step.
     *
     * @param needs the steps it waits for; empty (the Optional) if not given: then it waits for all with a lower idx
     */
    record Head(long idx, String name, Optional<List<String>> needs, Success success, int line) {}

    /** The language of a step. */
    enum Kind {
        JAVA,
        SHELL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A step that is not a group.
     *
     * @param timeoutSeconds empty for no timeout
     * @param retries number of further attempts after a failure
     * @param action the class or the command
     * @param inputs its params or args as written
     */
    record Leaf(Head head, Kind kind, Optional<Double> timeoutSeconds, int retries, String action, ObjectNode inputs)
            implements RecipeStep {}

    /**
     * Steps that are repeated together.
     *
     * @param max the largest number of rounds: a whole number, or a text with a reference to one
     */
    record Group(Head head, LoopCondition until, JsonNode max, List<RecipeStep> steps) implements RecipeStep {
        public static final int MAX_ROUNDS = 10_000;
    }

    /** What must exist after a step: keys in the Context, files on disk. */
    record Success(List<String> contextKeys, List<String> files) {}
}
