package dynoai.app.recipe;

import dynoai.app.console.Console;
import dynoai.automation.run.RecipeEvents;

/** Prints a recipe's events on stderr, one line each. */
final class RunLines implements RecipeEvents {
    private final Console console;

    RunLines(Console console) {
        this.console = console;
    }

    @Override
    public void stepStarted(String id, String kind, int attempt) {
        console.message(
                "INFO | Running " + kind + " step " + id + (attempt > 1 ? ", attempt " + attempt : "") + " ...");
    }

    @Override
    public void stepSucceeded(String id, String result) {
        console.message("INFO | Step " + id + " output: " + result);
    }

    @Override
    public void stepFailed(String id, int attempt, String reason) {
        console.message("ERROR | Step " + id + ", attempt " + attempt + ": " + reason);
    }

    @Override
    public void stepResumed(String id) {
        console.message("INFO | Step " + id + " already succeeded");
    }

    @Override
    public void roundEnded(String id, int round, String value, boolean done) {
        console.message("INFO | Round " + round + " of " + id + ": " + value + (done ? ", enough" : ""));
    }
}
