package dynoai.automation.event;

import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The recipes that are bound to events. An event is written down before {@link #onRunCompleted} returns and run by threads of
 * its own, so the pipeline never waits for a recipe and a crash loses none. Shop and run id are the idempotency key: told
 * twice, a recipe runs once; only a crash in the middle of a step makes that step run again.
 */
public final class RecipeBindings implements AutoCloseable {
    private static final int STOP_SECONDS = 3;

    private final List<BoundRecipe> bound;
    private final ExecutorService workers;

    private RecipeBindings(List<BoundRecipe> bound, ExecutorService workers) {
        this.bound = bound;
        this.workers = workers;
    }

    /**
     * Binds every recipe that says {@code on:} and goes on with the events that had not ended.
     *
     * @param folder where events and runs are kept; its names are those of the recipes, which must differ
     * @param atOnce how many recipes run at the same time
     * @param listener told by the threads that run the recipes
     */
    public static RecipeBindings open(
            List<Recipe> recipes, RecipeRunner runner, Path folder, int atOnce, BindingEvents listener)
            throws IOException {
        List<BoundRecipe> bound = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Recipe recipe : recipes) {
            if (recipe.binding().isPresent()) {
                if (!names.add(recipe.name())) {
                    throw new IOException("two bound recipes are named " + recipe.name());
                }
                bound.add(new BoundRecipe(recipe, runner, folder, listener));
            }
        }
        ExecutorService workers = Executors.newFixedThreadPool(atOnce, work -> {
            Thread thread = new Thread(work, "bound-recipe");
            thread.setDaemon(true);
            return thread;
        });
        RecipeBindings bindings = new RecipeBindings(List.copyOf(bound), workers);
        for (BoundRecipe recipe : bound) {
            for (RunCompleted event : recipe.pending()) {
                bindings.start(recipe, event);
            }
        }
        return bindings;
    }

    /** Tells of a completed run. Never throws and never waits for a recipe. */
    public DeliveryCount onRunCompleted(RunCompleted event) {
        int started = 0;
        int refused = 0;
        for (BoundRecipe recipe : bound) {
            if (recipe.wants(event)) {
                switch (recipe.accept(event)) {
                    case NEW -> {
                        start(recipe, event);
                        started++;
                    }
                    case REFUSED -> refused++;
                    case KNOWN -> {}
                }
            }
        }
        return new DeliveryCount(started, refused);
    }

    private void start(BoundRecipe recipe, RunCompleted event) {
        try {
            workers.execute(() -> run(recipe, event));
        } catch (java.util.concurrent.RejectedExecutionException closed) {
            // it is on disk and runs after the next start
        }
    }

    private static void run(BoundRecipe recipe, RunCompleted event) {
        try {
            recipe.run(event);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** What became of the events, recipe by recipe; for status pages and metrics. */
    public List<BindingStatus> status() {
        return bound.stream().map(BoundRecipe::status).collect(Collectors.toUnmodifiableList());
    }

    /** Whether every accepted event has ended. */
    public boolean isIdle() {
        return status().stream().allMatch(recipe -> recipe.waiting() == 0);
    }

    /**
     * What became of the events, as the folder tells, whoever works in it now. {@code duplicates} and {@code refused} are
     * not written down.
     */
    public static List<BindingStatus> statusOf(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<BindingStatus> recipes = new ArrayList<>();
        try (Stream<Path> names = Files.list(folder)) {
            for (Path name : names.filter(Files::isDirectory).sorted().toList()) {
                recipes.add(new EventFolder(name).status());
            }
        }
        return recipes;
    }

    /** Stops; what is running is interrupted and goes on after the next start. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
