package dynoai.app.recipe;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RelativeScript;
import dynoai.automation.step.StepCatalog;
import dynoai.schemas.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks recipes without running them. */
@Command(
        name = "check",
        description = "Check recipes; problems are reported with file, line and field.",
        footer = {"", "Example:", "  dynoai recipe check recipes/*.yaml"},
        exitCodeList = {"0:valid", "4:invalid"})
final class RecipeCheckCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "RECIPE", description = "YAML files, or names of built-in recipes.")
    private List<String> names = List.of();

    @Option(names = "--class-path", paramLabel = "PATH", description = "A folder or jar with Java steps.")
    private List<Path> classPath = List.of();

    RecipeCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        StepCatalog catalog = RecipeFiles.catalog(classPath);
        int worst = ExitCode.SUCCESS;
        for (String name : names) {
            try {
                Recipe recipe = RecipeFiles.recipe(name, catalog);
                console.println(name + ": valid");
                Path recipeFolder = AtomicFile.folderOf(recipe.file().toAbsolutePath());
                RelativeScript.problems(recipe.steps(), recipeFolder)
                        .forEach(problem -> console.message(name + ": warning: " + problem));
            } catch (CommandException e) {
                console.message(name + ": " + e.getMessage());
                worst = Math.max(worst, e.exitCode());
            }
        }
        return worst;
    }
}
