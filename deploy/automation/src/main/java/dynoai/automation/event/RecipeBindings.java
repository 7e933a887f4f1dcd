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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The recipes that are bound to events. {@link #onRunCompleted} writes an event to disk before it returns, and other threads
 * run the recipes, so the pipeline never waits for a recipe and a crash loses none. Shop and run id are the idempotency key:
 * a recipe runs once for an event that is delivered twice. Only a crash within a step makes that step run again.
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
     * Binds every recipe that has {@code on:} and resumes events that have not ended.
     *
     * @param folder keeps events and runs in a folder for each recipe; the names of the recipes must differ
     * @param threads number of recipes that run at the same time
     * @param folders called before a recipe runs, by the threads that run the recipes
     * @param listener called by the threads that run the recipes
     */
    public static RecipeBindings open(
            List<Recipe> recipes,
            RecipeRunner runner,
            Path folder,
            int threads,
            RunFolderSource folders,
            BindingEvents listener)
            throws IOException {
        List<BoundRecipe> bound = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Recipe recipe : recipes) {
            if (recipe.binding().isPresent()) {
                if (!names.add(recipe.name())) {
                    throw new IOException("two bound recipes are named " + recipe.name());
                }
                bound.add(new BoundRecipe(recipe, runner, folder, folders, listener));
            }
        }
        ExecutorService workers = Executors.newFixedThreadPool(threads, work -> {
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

    /** Returns the folder of events in the data directory of a node. */
    public static Path folderIn(Path data) {
        return data.resolve("recipes").resolve("events");
    }

    /** Delivers an event. Never throws and never waits for a recipe. */
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
                    case DUPLICATE -> {}
                }
            }
        }
        return new DeliveryCount(started, refused);
    }

    private void start(BoundRecipe recipe, RunCompleted event) {
        try {
            workers.execute(() -> run(recipe, event));
        } catch (RejectedExecutionException ignored) {
            // closed; the event is on disk and is run after the next start
        }
    }

    private static void run(BoundRecipe recipe, RunCompleted event) {
        try {
            recipe.run(event);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the status of each recipe. */
    public List<BindingStatus> status() {
        return bound.stream().map(BoundRecipe::status).toList();
    }

    /** Whether every accepted event has ended. */
    public boolean isIdle() {
        return status().stream().allMatch(recipe -> recipe.waiting() == 0);
    }

    /** Reads the status of each recipe from the folder, also while another process runs them. Without duplicates and refused. */
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

    /** Stops. Running recipes are interrupted and are resumed after the next start. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
