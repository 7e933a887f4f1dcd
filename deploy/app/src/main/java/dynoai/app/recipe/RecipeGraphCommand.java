package dynoai.app.recipe;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.automation.graph.RecipeGraph;
import dynoai.automation.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a recipe as SVG. */
@Command(
        name = "graph",
        description = "Print a recipe's steps and their dependencies as SVG.",
        footer = {"", "Example:", "  dynoai recipe graph weekly-batch > weekly-batch.svg"},
        exitCodeList = "4:invalid recipe")
final class RecipeGraphCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "RECIPE", description = "A YAML file, or the name of a built-in recipe.")
    private String name = "";

    @Option(names = "--class-path", paramLabel = "PATH", description = "A folder or jar with Java steps.")
    private List<Path> classPath = List.of();

    RecipeGraphCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        Recipe recipe = RecipeFiles.recipe(name, RecipeFiles.catalog(classPath));
        console.out().print(RecipeGraph.svg(recipe));
        return ExitCode.SUCCESS;
    }
}
