package dynoai.automation.recipe;

import java.util.List;
import java.util.stream.Collectors;

/** A recipe that cannot run, with all its problems. */
public final class InvalidRecipeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<RecipeProblem> problems;

    InvalidRecipeException(List<RecipeProblem> problems) {
        super(problems.stream().map(RecipeProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<RecipeProblem> problems() {
        return problems;
    }
}
