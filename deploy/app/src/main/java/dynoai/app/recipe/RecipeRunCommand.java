package dynoai.app.recipe;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.OutputGuard;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipePlan;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.automation.run.RecipeSettings;
import dynoai.automation.step.StepCatalog;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a recipe. */
@Command(
        name = "run",
        description = "Run a recipe file or a built-in recipe.",
        footer = {
            "",
            "Examples:",
            "  dynoai recipe run weekly-batch --set inputs.logs=drop/week-9",
            "  dynoai recipe run tuning.yaml --dry-run",
            "  dynoai recipe run tuning.yaml --resume",
            "",
            "The run's folder holds a log per step and a snapshot of the Context after each step. --resume continues the",
            "newest run of this recipe that did not succeed, or the one in --run-dir."
        },
        exitCodeList = {"4:invalid recipe", "5:a step failed"})
final class RecipeRunCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "RECIPE", description = "A YAML file, or the name of a built-in recipe.")
    private String name = "";

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "A value of the initial Context; objects and lists as JSON.")
    private List<String> settings = List.of();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Steps that may run concurrently. Default: the processors.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--dry-run",
            description = "Check the recipe and print its plan and missing inputs without running it.")
    private boolean dryRun;

    @Option(names = "--resume", description = "Continue a run that did not succeed.")
    private boolean resume;

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            description = "The run's folder. Default: a new one below recipe-runs.")
    private @Nullable Path runDir;

    @Option(names = "--class-path", paramLabel = "PATH", description = "A folder or jar with Java steps.")
    private List<Path> classPath = List.of();

    @Option(names = "--json", description = "Print the Context at the end, secrets hidden.")
    private boolean json;

    RecipeRunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        if (workers < 1) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "--workers must be at least 1, is " + workers);
        }
        StepCatalog catalog = RecipeFiles.catalog(classPath);
        Recipe recipe = RecipeFiles.recipe(name, catalog);
        if (dryRun) {
            console.printText(
                    RecipePlan.of(recipe, RecipeFiles.startContext(settings)).stripTrailing());
            return ExitCode.SUCCESS;
        }
        RecipeRunFolder folder = folder(recipe);
        console.message("INFO | Run folder " + folder.path());
        RecipeSettings run = new RecipeSettings(Path.of("").toAbsolutePath(), workers);
        RecipeOutcome outcome =
                OutputGuard.guard(() -> new RecipeRunner(catalog, run, new RunLines(console)).run(recipe, folder));
        if (json) {
            console.printText(outcome.shown().toPrettyString());
        }
        if (!outcome.ok()) {
            throw new CommandException(
                    ExitCode.OTHER,
                    outcome.message() + "\nContinue with: dynoai recipe run " + name + " --resume --run-dir "
                            + folder.path());
        }
        console.message("INFO | Pipeline complete");
        return ExitCode.SUCCESS;
    }

    private RecipeRunFolder folder(Recipe recipe) throws CommandException, IOException {
        Path runs = RecipeRunFolder.ALL_RUNS.resolve(recipe.name());
        if (!resume) {
            Path folder = runDir == null ? runs.resolve(RunId.fresh(Instant.now())) : runDir;
            return RecipeRunFolder.begin(folder, recipe, RecipeFiles.startContext(settings));
        }
        if (!settings.isEmpty()) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "a resumed run keeps its Context; remove --set");
        }
        Path folder = runDir;
        if (folder == null) {
            folder = newestUnfinished(runs)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.FILE_NOT_FOUND,
                            "no run of " + recipe.name() + " that could be resumed in " + runs));
        }
        return RecipeRunFolder.resume(folder, recipe);
    }

    private static Optional<Path> newestUnfinished(Path runs) throws IOException {
        if (!Files.isDirectory(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(RecipeRunFolder::isUnfinished).max(Comparator.naturalOrder());
        }
    }
}
