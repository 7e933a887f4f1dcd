package dynoai.app.node;

import dynoai.app.console.CommandException;
import dynoai.app.storage.RecipeRunFolders;
import dynoai.automation.event.BindingEvents;
import dynoai.automation.event.BindingStatus;
import dynoai.automation.event.RecipeBindings;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.dashboard.recipes.RecipeRuns;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.RetryLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Runs recipes when runs complete. It reads the published results on its own thread, so no stage waits for it and none of its
 * failures ends a stage.
 */
public final class BoundRecipes implements AutoCloseable {
    private static final int MAX_CONCURRENT_RUNS = 2;
    private static final Duration MIN_RETRY_DELAY = Duration.ofMillis(500);
    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    private final RecipeBindings bindings;
    private final ResultOffsets offsets;
    private final KafkaClients clients;
    private final RecipeRunFolders runs;
    private final BindingEvents events;
    private final RetryLoop loop;
    private volatile boolean caughtUp;
    private String lastFailure = "";

    private BoundRecipes(
            RecipeBindings bindings,
            ResultOffsets offsets,
            KafkaClients clients,
            RecipeRunFolders runs,
            BindingEvents events) {
        this.bindings = bindings;
        this.offsets = offsets;
        this.clients = clients;
        this.runs = runs;
        this.events = events;
        this.loop = RetryLoop.of("dynoai-recipes", MIN_RETRY_DELAY, MAX_RETRY_DELAY, this::readResults, this::report);
    }

    /** Returns the runs of recipes that a page shows: those of a node, and those started by hand in the working folder. */
    public static RecipeRuns shown(Path data) {
        return new RecipeRuns(RecipeRunFolder.ALL_RUNS, RecipeBindings.folderIn(data));
    }

    /**
     * Continues from the saved offsets, or starts with the runs that complete from now on.
     *
     * @param since when this node started, in milliseconds; new recipes ignore runs that completed earlier
     */
    public static BoundRecipes start(
            NodeSettings settings,
            Pipeline pipeline,
            List<Recipe> recipes,
            RecipeRunner runner,
            long since,
            BindingEvents events)
            throws IOException, CommandException {
        Path folder = Files.createDirectories(RecipeBindings.folderIn(settings.data()));
        ResultOffsets offsets = ResultOffsets.in(folder.resolveSibling("place.json"), since);
        RecipeRunFolders runs = RecipeRunFolders.of(settings.runs(), settings.data());
        RecipeBindings bindings = RecipeBindings.open(recipes, runner, folder, MAX_CONCURRENT_RUNS, runs, events);
        BoundRecipes bound = new BoundRecipes(bindings, offsets, pipeline.clients(), runs, events);
        bound.loop.start();
        return bound;
    }

    List<BindingStatus> status() {
        return bindings.status();
    }

    long count(String recipe, ToLongFunction<BindingStatus> what) {
        return bindings.status().stream()
                .filter(status -> status.recipe().equals(recipe))
                .mapToLong(what)
                .sum();
    }

    /** Whether all published results were read and no recipe runs. */
    public boolean isIdle() {
        return caughtUp && bindings.isIdle();
    }

    private void readResults(RetryLoop running) throws IOException {
        try (ResultReader reader = new ResultReader(clients, runs, offsets, bindings)) {
            while (!running.isStopping()) {
                caughtUp = reader.poll();
                lastFailure = "";
            }
        }
    }

    private boolean report(Throwable failure) {
        caughtUp = false;
        String why = String.valueOf(failure.getMessage());
        if (!why.equals(lastFailure)) {
            lastFailure = why;
            events.recipesDelayed(why);
        }
        return failure instanceof Exception;
    }

    /** Stops. Events that were accepted and have not ended continue after the next start. */
    @Override
    public void close() {
        loop.stop(STOP_TIMEOUT);
        bindings.close();
    }
}
