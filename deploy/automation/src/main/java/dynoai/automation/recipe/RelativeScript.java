package dynoai.automation.recipe;

import dynoai.automation.recipe.RecipeStep.Group;
import dynoai.automation.recipe.RecipeStep.Kind;
import dynoai.automation.recipe.RecipeStep.Leaf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The script at the start of a shell step's command, as in {@code ./x.sh --all}.
 *
 * @param file the script, in the recipe's folder
 * @param rest of the command
 */
public record RelativeScript(Path file, String rest) {
    private static final Pattern COMMAND =
            Pattern.compile("(\\.\\.?/[A-Za-z0-9._/@%+=:,-]+)(|[\\s;&|<>()].*)", Pattern.DOTALL);

    /** Returns the script of a command; empty if the command does not begin with one. */
    public static Optional<RelativeScript> of(String command, Path recipeFolder) {
        Matcher matcher = COMMAND.matcher(command);
        return matcher.matches()
                ? Optional.of(new RelativeScript(
                        recipeFolder.resolve(matcher.group(1)).normalize(), matcher.group(2)))
                : Optional.empty();
    }

    /** Returns a message for each script of the steps that does not exist or is not executable. */
    public static List<String> problems(List<RecipeStep> steps, Path recipeFolder) {
        List<String> problems = new ArrayList<>();
        for (RecipeStep step : steps) {
            if (step instanceof Group group) {
                problems.addAll(problems(group.steps(), recipeFolder));
            } else if (step instanceof Leaf leaf && leaf.kind() == Kind.SHELL) {
                of(leaf.action(), recipeFolder)
                        .map(RelativeScript::problem)
                        .filter(problem -> !problem.isEmpty())
                        .ifPresent(problem -> problems.add("step " + step.name() + ": " + problem));
            }
        }
        return problems;
    }

    private String problem() {
        if (!Files.isRegularFile(file)) {
            return file + " does not exist yet";
        }
        return Files.isExecutable(file) ? "" : file + " is not executable";
    }

    /** Returns the command with the absolute path of the script. */
    public String command() {
        return "'" + file.toString().replace("'", "'\\''") + "'" + rest;
    }
}
