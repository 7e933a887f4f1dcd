package dynoai.automation.event;

import com.fasterxml.jackson.databind.JsonNode;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs a bound recipe again for an event for which it failed, also while a node runs. With the same recipe, the steps that
 * succeeded are not repeated. With a changed one, all steps run, and the earlier run's folder stays as {@code run-N}. Until the
 * retry has ended, the event counts as failed.
 */
public final class RecipeRetry {
    private final EventFolder events;
    private final Recipe recipe;
    private final RecipeRunner runner;

    /** @param folder the folder of {@link RecipeBindings} */
    public RecipeRetry(Path folder, Recipe recipe, RecipeRunner runner) {
        this.events = new EventFolder(folder.resolve(recipe.name()));
        this.recipe = recipe;
        this.runner = runner;
    }

    /** A recipe cannot be run again for an event. The message says why. */
    public static final class RetryRejectedException extends IOException {
        private static final long serialVersionUID = 1L;

        RetryRejectedException(String message) {
            super(message);
        }
    }

    /**
     * Runs the recipe for the run of a shop.
     *
     * @throws RetryRejectedException if it has not failed for this run, or is running
     */
    public RecipeOutcome run(String shop, String runId) throws IOException, InterruptedException {
        RunCompleted event = events.find(shop, runId)
                .orElseThrow(() -> new NoSuchFileException(
                        shop + "/" + runId, null, "the recipe " + recipe.name() + " was not started for this run"));
        LockFile lock = lock(event);
        try {
            int retries = 1 + failed(event).path("retries").asInt(0);
            RecipeOutcome outcome = runner.run(recipe, runFolder(event, retries));
            events.end(event, outcome.ok(), outcome.ok() ? "" : event.name() + ": " + outcome.message(), retries);
            return outcome;
        } finally {
            lock.close();
        }
    }

    private LockFile lock(RunCompleted event) throws IOException {
        try {
            return LockFile.acquire(events.of(event).resolve("retry.lock"));
        } catch (LockFile.HeldException e) {
            throw new RetryRejectedException(event.name() + " is running again already: " + e.holder());
        }
    }

    private JsonNode failed(RunCompleted event) throws IOException {
        Optional<JsonNode> end = events.endOf(event);
        if (end.isEmpty()) {
            throw new RetryRejectedException(
                    event.name() + " has not ended: the node runs it, or will after its next start");
        }
        if (end.get().path("ok").asBoolean()) {
            throw new RetryRejectedException(event.name() + " succeeded; only a failed one is run again");
        }
        return end.get();
    }

    private RecipeRunFolder runFolder(RunCompleted event, int retries) throws IOException {
        Path folder = events.runOf(event);
        if (RecipeRunFolder.isOf(folder, recipe)) {
            return RecipeRunFolder.resume(folder, recipe);
        }
        if (Files.exists(folder)) {
            Files.move(folder, folder.resolveSibling("run-" + retries));
        }
        return RecipeRunFolder.begin(folder, recipe, event.startContext());
    }
}
