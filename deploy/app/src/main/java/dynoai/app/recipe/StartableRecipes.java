package dynoai.app.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.Context;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipePlan;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.dashboard.act.RecipeStarts;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The recipes of a node's folder that the page can start: those that are not bound to events. They run one after the other, each
 * as by {@code dynoai recipe run}.
 */
public final class StartableRecipes implements RecipeStarts, AutoCloseable {
    private static final int MAX_WAITING = 4;
    private static final int STOP_SECONDS = 3;
    private static final String INPUTS = "inputs.";

    private final Map<String, Recipe> recipes = new LinkedHashMap<>();
    private final RecipeRunner runner;
    private final Path runs;
    private final Consumer<String> messages;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), work -> {
                Thread thread = new Thread(work, "started-recipe");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * @param runs the folder of the runs, each in {@code RECIPE/RUN}
     * @param messages gets a line when a run has ended
     * @throws IOException if two recipes have the same name
     */
    public StartableRecipes(List<Recipe> recipes, RecipeRunner runner, Path runs, Consumer<String> messages)
            throws IOException {
        this.runner = runner;
        this.runs = runs;
        this.messages = messages;
        for (Recipe recipe : recipes) {
            if (isStartable(recipe) && this.recipes.put(recipe.name(), recipe) != null) {
                throw new IOException("two recipes are named " + recipe.name());
            }
        }
    }

    private static boolean isStartable(Recipe recipe) {
        return recipe.binding().isEmpty()
                && RunId.isValid(recipe.name())
                && inputs(recipe).stream()
                        .allMatch(input -> INPUT.matcher(input).matches());
    }

    private static List<String> inputs(Recipe recipe) {
        return RecipePlan.required(recipe).stream()
                .filter(key -> key.startsWith(INPUTS))
                .map(key -> key.substring(INPUTS.length()))
                .toList();
    }

    @Override
    public List<Offered> offered() {
        return recipes.values().stream()
                .map(recipe -> new Offered(
                        recipe.name(),
                        recipe.meta().description(),
                        recipe.file().toString(),
                        inputs(recipe)))
                .toList();
    }

    @Override
    public synchronized Optional<String> start(String name, Map<String, String> inputs) throws IOException {
        Recipe recipe = recipes.get(name);
        if (recipe == null) {
            throw new IllegalArgumentException("no such recipe");
        }
        if (worker.getQueue().remainingCapacity() == 0 || worker.isShutdown()) {
            return Optional.empty();
        }
        String run = RunId.fresh(Instant.now());
        RecipeRunFolder folder = RecipeRunFolder.begin(runs.resolve(name).resolve(run), recipe, startContext(inputs));
        unfinished.incrementAndGet();
        worker.execute(() -> run(recipe, folder, run));
        return Optional.of(run);
    }

    private static ObjectNode startContext(Map<String, String> inputs) {
        Context context = new Context();
        inputs.forEach((key, value) -> context.set(INPUTS + key, value, "page"));
        return context.toMap();
    }

    private void run(Recipe recipe, RecipeRunFolder folder, String run) {
        String end;
        try {
            RecipeOutcome outcome = runner.run(recipe, folder);
            end = outcome.ok() ? "done" : "failed: " + outcome.message();
        } catch (IOException | RuntimeException e) {
            end = "failed: " + e;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end = "stopped";
        } finally {
            unfinished.decrementAndGet();
        }
        messages.accept("recipe   " + recipe.name() + "/" + run + ": " + end);
    }

    /** Whether every run that was started has ended. */
    public boolean isIdle() {
        return unfinished.get() == 0;
    }

    /** Stops. The run that is running is interrupted; it and those that wait can be resumed with {@code recipe run --resume}. */
    @Override
    public synchronized void close() {
        worker.shutdownNow();
        try {
            worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
