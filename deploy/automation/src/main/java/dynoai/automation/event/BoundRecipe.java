package dynoai.automation.event;

import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A recipe and the events it runs for. */
final class BoundRecipe {
    private final Recipe recipe;
    private final RecipeRunner runner;
    private final EventFolder events;
    private final RunFolderSource folders;
    private final BindingEvents listener;
    private long waiting;
    private long succeeded;
    private long failed;
    private long duplicates;
    private long refused;
    private String lastFailure;

    BoundRecipe(Recipe recipe, RecipeRunner runner, Path folder, RunFolderSource folders, BindingEvents listener)
            throws IOException {
        this.recipe = recipe;
        this.runner = runner;
        this.folders = folders;
        this.listener = listener;
        this.events = new EventFolder(folder.resolve(recipe.name()));
        BindingStatus before = events.status();
        this.waiting = before.waiting();
        this.succeeded = before.succeeded();
        this.failed = before.failed();
        this.lastFailure = before.lastFailure();
    }

    boolean wants(RunCompleted event) {
        return recipe.binding()
                .filter(binding -> binding.matches(event.shop(), event.cell()))
                .isPresent();
    }

    List<RunCompleted> pending() throws IOException {
        return events.pending();
    }

    /** The result of delivering an event. */
    enum Acceptance {
        NEW,
        DUPLICATE,
        REFUSED
    }

    synchronized Acceptance accept(RunCompleted event) {
        try {
            if (events.accept(event)) {
                waiting++;
                return Acceptance.NEW;
            }
            duplicates++;
            return Acceptance.DUPLICATE;
        } catch (IOException | RuntimeException e) {
            refused++;
            lastFailure = event.name() + ": could not be accepted: " + e;
            return Acceptance.REFUSED;
        }
    }

    /** Runs the recipe for an event; steps that finished before a crash are not repeated. */
    void run(RunCompleted event) throws InterruptedException {
        String message;
        boolean ok = false;
        try {
            folders.provide(event);
            Path folder = events.runOf(event);
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
        String named = ok ? "" : event.name() + ": " + message;
        try {
            events.end(event, ok, named, 0);
        } catch (IOException e) {
            named = event.name() + ": its outcome could not be written, it will run again: " + e;
            ok = false;
        }
        waiting--;
        if (ok) {
            succeeded++;
        } else {
            failed++;
            lastFailure = named;
        }
    }

    synchronized BindingStatus status() {
        return new BindingStatus(recipe.name(), waiting, succeeded, failed, duplicates, refused, lastFailure);
    }
}
