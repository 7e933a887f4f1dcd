package dynoai.dashboard.act;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The recipes that the page can start. */
public interface RecipeStarts {
    /** The name of an input, which is {@code inputs.NAME} in the Context. */
    Pattern INPUT = Pattern.compile("[a-z_][a-z0-9_]{0,63}");

    /**
     * A recipe that can be started.
     *
     * @param file of the recipe, for the command line
     * @param inputs names of the inputs that it needs
     */
    record Offered(String name, String description, String file, List<String> inputs) {}

    List<Offered> offered();

    /**
     * Starts a recipe and does not wait for its end.
     *
     * @param recipe the name of one that is offered
     * @return the id of its run; empty if too many runs are waiting
     */
    Optional<String> start(String recipe, Map<String, String> inputs) throws IOException;
}
