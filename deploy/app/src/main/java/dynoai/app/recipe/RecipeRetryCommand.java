package dynoai.app.recipe;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.OutputGuard;
import dynoai.automation.event.RecipeBindings;
import dynoai.automation.event.RecipeRetry;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipeRunner;
import dynoai.automation.run.RecipeSettings;
import dynoai.automation.step.StepCatalog;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a bound recipe again. */
@Command(
        name = "retry",
        description = "Run a recipe that failed for a completed run of the pipeline again.",
        footer = {
            "",
            "Example:",
            "  dynoai recipe retry recipes/note.yaml north/2026-11-20T14-44-36Z-3dfe11",
            "",
            "dynoai status prints the shop and the run of the latest failure. With an unchanged recipe, steps that succeeded",
            "are not repeated. With a changed one, all steps run; the earlier run's folder is kept as run-N. A recipe that is",
            "running, waits or succeeded is rejected. A node may run meanwhile; start it in the folder where the node was",
            "started. The event's end.json then says how often the recipe was run again."
        },
        exitCodeList = {
            "2:the recipe was not started for this run",
            "4:not failed, or an invalid recipe",
            "5:a step failed"
        })
final class RecipeRetryCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "RECIPE", description = "The recipe's YAML file.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "SHOP/RUN", description = "The run for which it failed.")
    private String run = "";

    @Option(names = "--data", paramLabel = "DIR", description = "The node's data directory. Default: data.")
    private Path data = Path.of("data");

    @Option(names = "--class-path", paramLabel = "PATH", description = "A folder or jar with Java steps.")
    private List<Path> classPath = List.of();

    RecipeRetryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        int slash = run.indexOf('/');
        String shop = slash < 0 ? "" : run.substring(0, slash);
        String runId = run.substring(slash + 1);
        if (!RunId.isValid(shop) || !RunId.isValid(runId)) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "'" + run + "' is not a shop and a run, as north/RUN_ID");
        }
        StepCatalog catalog = RecipeFiles.catalog(classPath);
        Recipe recipe = RecipeFiles.recipe(name, catalog);
        RecipeSettings settings = new RecipeSettings(
                Path.of("").toAbsolutePath(), Runtime.getRuntime().availableProcessors());
        RecipeRunner runner = new RecipeRunner(catalog, settings, new RunLines(console));
        RecipeRetry retry = new RecipeRetry(RecipeBindings.folderIn(data), recipe, runner);
        RecipeOutcome outcome;
        try {
            outcome = OutputGuard.guard(() -> retry.run(shop, runId));
        } catch (RecipeRetry.RetryRejectedException e) {
            throw new CommandException(ExitCode.VALIDATION_ERROR, String.valueOf(e.getMessage()), e);
        }
        if (!outcome.ok()) {
            throw new CommandException(ExitCode.OTHER, outcome.message());
        }
        console.message("INFO | Pipeline complete");
        return ExitCode.SUCCESS;
    }
}
