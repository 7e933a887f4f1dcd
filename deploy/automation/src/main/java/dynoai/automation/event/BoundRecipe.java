package dynoai.automation.event;

import com.fasterxml.jackson.databind.JsonNode;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One recipe and the events it was told of. */
final class BoundRecipe {
    private final Recipe recipe;
    private final RecipeRunner runner;
    private final EventFolder events;
    private final BindingEvents listener;
    private long waiting;
    private long succeeded;
    private long failed;
    private long duplicates;
    private long refused;
    private String lastFailure = "";

    BoundRecipe(Recipe recipe, RecipeRunner runner, Path folder, BindingEvents listener) throws IOException {
        this.recipe = recipe;
        this.runner = runner;
        this.listener = listener;
        this.events = new EventFolder(folder.resolve(recipe.name()));
        for (JsonNode end : events.ends()) {
            count(end.path("ok").asBoolean(), end.path("message").asText());
        }
    }

    boolean wants(RunCompleted event) {
        return recipe.binding()
                .filter(binding -> binding.matches(event.shop(), event.cell()))
                .isPresent();
    }

    List<RunCompleted> pending() throws IOException {
        List<RunCompleted> pending = events.pending();
        synchronized (this) {
            waiting += pending.size();
        }
        return pending;
    }

    /** What becomes of an event. */
    enum Acceptance {
        NEW,
        KNOWN,
        REFUSED
    }

    synchronized Acceptance accept(RunCompleted event) {
        try {
            if (events.accept(event)) {
                waiting++;
                return Acceptance.NEW;
            }
            duplicates++;
            return Acceptance.KNOWN;
        } catch (IOException | RuntimeException e) {
            refused++;
            lastFailure = event.shop() + "/" + event.runId() + ": could not be accepted: " + e;
            return Acceptance.REFUSED;
        }
    }

    /** Runs the recipe for an event; what was done before a crash is not done again. */
    void run(RunCompleted event) throws InterruptedException {
        String message;
        boolean ok = false;
        try {
            Path folder = events.of(event).resolve("run");
            RecipeRunFolder run = Files.exists(folder.resolve("run.json"))
                    ? RecipeRunFolder.resume(folder, recipe)
                    : RecipeRunFolder.begin(folder, recipe, event.startContext());
            RecipeOutcome outcome = runner.run(recipe, run);
            ok = outcome.ok();
            message = outcome.message();
        } catch (IOException | RuntimeException e) {
            message = String.valueOf(e);
        }
        end(event, ok, message);
        listener.recipeEnded(recipe.name(), event, ok, message);
    }

    private synchronized void end(RunCompleted event, boolean ok, String message) {
        String named = ok ? "" : event.shop() + "/" + event.runId() + ": " + message;
        try {
            events.end(event, ok, named);
        } catch (IOException e) {
            named = event.shop() + "/" + event.runId() + ": its end could not be written, it will run again: " + e;
            ok = false;
        }
        waiting--;
        count(ok, named);
    }

    private void count(boolean ok, String message) {
        if (ok) {
            succeeded++;
        } else {
            failed++;
            lastFailure = message;
        }
    }

    synchronized BindingStatus status() {
        return new BindingStatus(recipe.name(), waiting, succeeded, failed, duplicates, refused, lastFailure);
    }
}
