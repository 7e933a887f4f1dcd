package dynoai.automation.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of one file. */
final class Problems {
    private final String file;
    private final List<RecipeProblem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String field, String message) {
        found.add(new RecipeProblem(file, line, field, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    InvalidRecipeException exception() {
        found.sort(Comparator.comparingInt(RecipeProblem::line));
        return new InvalidRecipeException(found);
    }
}
