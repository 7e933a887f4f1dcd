package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.node.BoundRecipes;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.Pipeline;
import dynoai.app.recipe.RecipeFiles;
import dynoai.app.recipe.StartableRecipes;
import dynoai.app.setting.Setting;
import dynoai.automation.event.BindingEvents;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeEvents;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.automation.run.RecipeSettings;
import dynoai.automation.step.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The recipes that a node runs when runs complete. */
final class BoundRecipeFlags {
    @Setting
    @Option(
            names = "--recipes",
            paramLabel = "DIR",
            description =
                    "Run each recipe of this folder that says on: run-completed once for every completed run. The page can"
                            + " start the others.")
    private @Nullable Path recipes;

    @Option(names = "--class-path", paramLabel = "PATH", description = "A folder or jar with Java steps.")
    private List<Path> classPath = List.of();

    /** Valid recipes with their steps. */
    static final class Provided {
        private final RecipeRunner runner;
        private final List<Recipe> recipes;
        private final long since;

        private Provided(StepCatalog catalog, List<Recipe> recipes, long since) {
            RecipeSettings run = new RecipeSettings(
                    Path.of("").toAbsolutePath(), Runtime.getRuntime().availableProcessors());
            this.runner = new RecipeRunner(catalog, run, RecipeEvents.SILENT);
            this.recipes = recipes;
            this.since = since;
        }

        private boolean hasBound() {
            return recipes.stream().anyMatch(recipe -> recipe.binding().isPresent());
        }

        /** Starts the recipes that are bound to runs; returns null if no recipe is. */
        @Nullable
        BoundRecipes start(NodeSettings settings, Pipeline pipeline, BindingEvents events)
                throws IOException, CommandException {
            return hasBound() ? BoundRecipes.start(settings, pipeline, recipes, runner, since, events) : null;
        }

        /** Returns the recipes that the page can start. */
        StartableRecipes startable(Console console) throws IOException {
            return new StartableRecipes(recipes, runner, RecipeRunFolder.ALL_RUNS, console::message);
        }
    }

    /**
     * Returns the recipes of the folder; empty without a folder.
     *
     * @param page whether there is a page, which starts recipes that are not bound
     */
    Optional<Provided> read(boolean exports, boolean page) throws CommandException, IOException {
        if (recipes == null) {
            return Optional.empty();
        }
        if (!exports) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "--recipes needs up or exporter, which have the run folders");
        }
        if (!Files.isDirectory(recipes)) {
            throw new NoSuchFileException(recipes.toString());
        }
        StepCatalog catalog = RecipeFiles.catalog(classPath);
        List<Recipe> found = new ArrayList<>();
        for (Path file : yamlFiles(recipes)) {
            found.add(RecipeFiles.recipe(file.toString(), catalog));
        }
        Provided provided = new Provided(catalog, found, System.currentTimeMillis());
        if (found.isEmpty() || !page && !provided.hasBound()) {
            throw new CommandException(
                    ExitCode.VALIDATION_ERROR,
                    "no recipe (*.yaml, *.yml) in " + recipes + (page ? "" : " says on: run-completed"));
        }
        return Optional.of(provided);
    }

    private static List<Path> yamlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }
}
