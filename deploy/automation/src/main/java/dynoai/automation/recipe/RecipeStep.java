package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** One entry of a recipe's steps. */
public sealed interface RecipeStep {
    Head head();

    default String name() {
        return head().name();
    }

    /**
     * What every step has.
     *
     * @param needs the steps it waits for; empty (the Optional) when the recipe does not say, and then it waits for all with
     *     a lower idx
     */
    record Head(long idx, String name, Optional<List<String>> needs, Success success, int line) {}

    /** A step that does something itself. */
    sealed interface Leaf extends RecipeStep {
        /** Seconds; empty when it may take as long as it likes. */
        Optional<Double> timeoutSeconds();

        /** How often it is tried again after it failed. */
        int retries();

        /** Its params or args as written. */
        ObjectNode inputs();
    }

    record JavaStep(Head head, Optional<Double> timeoutSeconds, int retries, String className, ObjectNode inputs)
            implements Leaf {}

    record ShellStep(Head head, Optional<Double> timeoutSeconds, int retries, String command, ObjectNode inputs)
            implements Leaf {}

    /** Steps that are repeated as a group. */
    record Group(Head head, LoopCondition until, int max, List<RecipeStep> steps) implements RecipeStep {}

    /** What must hold after a step worked: keys in the Context, files on disk. */
    record Success(List<String> contextKeys, List<String> files) {}
}
