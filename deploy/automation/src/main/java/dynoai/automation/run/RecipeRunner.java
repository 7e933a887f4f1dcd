package dynoai.automation.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dynoai.automation.context.Context;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeStep;
import dynoai.automation.server.StepContext;
import dynoai.automation.step.StepCatalog;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.LockFile;
import dynoai.schemas.file.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Runs a recipe: its steps in order of idx, independent ones in parallel, all on one Context. After a failed step no other
 * step starts; running ones finish.
 */
public final class RecipeRunner {
    private final StepCatalog catalog;
    private final RecipeSettings settings;
    private final RecipeEvents events;

    public RecipeRunner(StepCatalog catalog, RecipeSettings settings, RecipeEvents events) {
        this.catalog = catalog;
        this.settings = settings;
        this.events = events;
    }

    /**
     * Runs the steps that have not finished in the folder.
     *
     * @throws IOException if the folder cannot be read or written, or the run is running
     */
    public RecipeOutcome run(Recipe recipe, RecipeRunFolder folder) throws IOException, InterruptedException {
        LockFile lock = folder.lock();
        try {
            return runLocked(recipe, folder);
        } finally {
            lock.close();
        }
    }

    private RecipeOutcome runLocked(Recipe recipe, RecipeRunFolder folder) throws IOException, InterruptedException {
        Context context = new Context();
        folder.startContext().properties().forEach(field -> context.set(field.getKey(), field.getValue(), "start"));
        Secrets secrets = new Secrets();
        learn(recipe.steps(), secrets);
        ExecutorService leaves = Executors.newFixedThreadPool(settings.workers(), daemons("recipe-worker"));
        ExecutorService groups = Executors.newCachedThreadPool(daemons("recipe-group"));
        String problem = "";
        try (RunningProcesses running = new RunningProcesses(folder.runningFolder())) {
            running.endLeftOvers();
            StepRunner runner = new StepRunner(
                    catalog, settings, events, folder, folderOf(recipe), running, secrets, contextToken(secrets));
            new LevelRun(runner, events, leaves, groups).run(recipe.steps(), StepScope.TOP, context);
        } catch (StepFailedException e) {
            problem = String.valueOf(e.getMessage());
        } finally {
            leaves.shutdownNow();
            groups.shutdownNow();
        }
        secrets.learn(context.toMap());
        RecipeOutcome outcome =
                new RecipeOutcome(problem.isEmpty(), secrets.hide(problem), context, secrets.hide(context.toMap()));
        folder.end(outcome);
        return outcome;
    }

    private Path folderOf(Recipe recipe) {
        return AtomicFile.folderOf(
                settings.workDir().resolve(recipe.file()).toAbsolutePath().normalize());
    }

    private static String contextToken(Secrets secrets) {
        String token = SecretFile.newSecret();
        secrets.learn(JsonNodeFactory.instance.objectNode().put(StepContext.TOKEN, token));
        return token;
    }

    private static void learn(List<RecipeStep> steps, Secrets secrets) {
        for (RecipeStep step : steps) {
            if (step instanceof RecipeStep.Leaf leaf) {
                secrets.learn(leaf.inputs());
            } else if (step instanceof RecipeStep.Group group) {
                learn(group.steps(), secrets);
            }
        }
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
