package dynoai.app.node;

import dynoai.automation.event.BindingEvents;
import dynoai.automation.event.BindingStatus;
import dynoai.automation.event.RecipeBindings;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Runs recipes when runs complete, beside the pipeline: it reads the published results in its own time, so no stage waits
 * for it and no failure in it ends a stage.
 */
public final class BoundRecipes implements AutoCloseable {
    private static final int AT_ONCE = 2;
    private static final long RETRY_MILLIS = 500;
    private static final long STOP_MILLIS = 1000;

    private final RecipeBindings bindings;
    private final ResultOffsets place;
    private final Map<String, Object> client;
    private final Path runs;
    private final BindingEvents events;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean caughtUp;
    private String trouble = "";

    private BoundRecipes(
            RecipeBindings bindings, ResultOffsets place, Map<String, Object> client, Path runs, BindingEvents events) {
        this.bindings = bindings;
        this.place = place;
        this.client = client;
        this.runs = runs;
        this.events = events;
        this.thread = new Thread(this::work, "dynoai-recipes");
    }

    /** Where a node keeps what became of its recipes. */
    public static Path folderIn(Path data) {
        return data.resolve("recipes").resolve("events");
    }

    /**
     * Goes on where this node was, or begins with the runs that complete from now on.
     *
     * @param since when this node started, in milliseconds; runs that were completed earlier are no news to new recipes
     */
    public static BoundRecipes start(
            NodeSettings settings,
            String bootstrap,
            List<Recipe> recipes,
            RecipeRunner runner,
            long since,
            BindingEvents events)
            throws IOException {
        Path folder = Files.createDirectories(folderIn(settings.data()));
        ResultOffsets place = ResultOffsets.in(folder.resolveSibling("place.json"), since);
        RecipeBindings bindings = RecipeBindings.open(recipes, runner, folder, AT_ONCE, events);
        BoundRecipes bound =
                new BoundRecipes(bindings, place, settings.kafka().client(bootstrap), settings.runs(), events);
        bound.thread.start();
        return bound;
    }

    /** What became of the runs of each recipe. */
    List<BindingStatus> status() {
        return bindings.status();
    }

    long count(String recipe, ToLongFunction<BindingStatus> what) {
        return bindings.status().stream()
                .filter(status -> status.recipe().equals(recipe))
                .mapToLong(what)
                .sum();
    }

    /** Whether no published run is unheard and no recipe is at work. */
    public boolean isIdle() {
        return caughtUp && bindings.isIdle();
    }

    private void work() {
        try {
            while (!isStopping()) {
                try (ResultReader reader = new ResultReader(client, runs, place, bindings)) {
                    while (!isStopping()) {
                        caughtUp = reader.turn();
                        trouble = "";
                    }
                } catch (IOException | RuntimeException lost) {
                    caughtUp = false;
                    report(lost);
                }
                if (stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(Exception lost) {
        String why = String.valueOf(lost.getMessage());
        if (!isStopping() && !why.equals(trouble)) {
            trouble = why;
            events.recipesDelayed(why);
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Stops; what was accepted and has not ended goes on after the next start. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        bindings.close();
    }
}
