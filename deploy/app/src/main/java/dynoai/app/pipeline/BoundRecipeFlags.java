package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.node.BoundRecipes;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.Pipeline;
import dynoai.app.recipe.RecipeFiles;
import dynoai.automation.event.BindingEvents;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeEvents;
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
            description = "Run each recipe of this folder that says on: run-completed once for every completed run.")
    private @Nullable Path recipes;

    @Option(names = "--class-path", paramLabel = "PATH", description = "A folder or jar with Java steps.")
    private List<Path> classPath = List.of();

    /** Valid recipes with their steps. */
    static final class Bound {
        private final StepCatalog catalog;
        private final List<Recipe> recipes;
        private final long since;

        private Bound(StepCatalog catalog, List<Recipe> recipes, long since) {
            this.catalog = catalog;
            this.recipes = recipes;
            this.since = since;
        }

        BoundRecipes start(NodeSettings settings, Pipeline pipeline, BindingEvents events) throws IOException {
            RecipeSettings run = new RecipeSettings(
                    Path.of("").toAbsolutePath(), Runtime.getRuntime().availableProcessors());
            RecipeRunner runner = new RecipeRunner(catalog, run, RecipeEvents.SILENT);
            return BoundRecipes.start(settings, pipeline, recipes, runner, since, events);
        }
    }

    /** Returns the recipes of the folder; empty without a folder. */
    Optional<Bound> read(boolean exports) throws CommandException, IOException {
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
        List<Recipe> bound = new ArrayList<>();
        for (Path file : yamlFiles(recipes)) {
            Recipe recipe = RecipeFiles.recipe(file.toString(), catalog);
            if (recipe.binding().isPresent()) {
                bound.add(recipe);
            }
        }
        if (bound.isEmpty()) {
            throw new CommandException(
                    ExitCode.VALIDATION_ERROR, "no recipe (*.yaml, *.yml) in " + recipes + " says on: run-completed");
        }
        return Optional.of(new Bound(catalog, bound, System.currentTimeMillis()));
    }

    private static List<Path> yamlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }
}
