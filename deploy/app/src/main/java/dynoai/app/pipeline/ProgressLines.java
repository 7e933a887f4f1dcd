package dynoai.app.pipeline;

import dynoai.app.console.Console;
import dynoai.app.node.Pipeline;
import dynoai.automation.event.BindingEvents;
import dynoai.automation.event.RunCompleted;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.FileState;
import dynoai.schemas.record.RunResult;
import java.nio.file.Path;
import java.util.Locale;

/** Prints a line for each file and run. */
final class ProgressLines implements Pipeline.Listener, BindingEvents {
    private final Console console;
    private String lastFailure = "";

    ProgressLines(Console console) {
        this.console = console;
    }

    @Override
    public void fileCommitted(Claim claim) {
        console.message("taken    " + claim.original() + " as run " + claim.runId()
                + (claim.attempt() > 1 ? ", attempt " + claim.attempt() : ""));
    }

    @Override
    public void fileChanged(Path file, FileState state) {
        String name = file.toString();
        if (state instanceof FileState.Rejected rejected) {
            console.message("rejected " + name + ": " + rejected.code() + ", see rejected/ in the drop folder");
        } else if (state instanceof FileState.Duplicate duplicate) {
            console.message("duplicate " + name + ": same as run " + duplicate.ofRunId());
        } else if (state instanceof FileState.LeftAlone left) {
            console.message("left     " + name + ": " + left.why());
        } else if (state instanceof FileState.Waiting waiting) {
            console.message("waiting  " + name + ": " + waiting.why());
        }
    }

    @Override
    public void runPublished(RunResult result) {
        if (result.ok()) {
            console.message(String.format(
                    Locale.ROOT,
                    "run      %s: %s, %d rows, %d of 55 cells, in %s",
                    result.key().runId(),
                    result.fileName(),
                    result.rowsRead(),
                    result.binsCovered(),
                    result.folder()));
        } else {
            console.message("failed   " + result.key().runId() + ": " + result.code() + ": " + result.message());
        }
    }

    @Override
    public void runResent(Claim claim) {
        console.message("resend   run " + claim.runId() + ": lost in Kafka");
    }

    @Override
    public void claimingPaused(String why) {
        console.message(why.isEmpty() ? "claiming logs again" : "claiming paused: " + why);
    }

    @Override
    public void paused(String why) {
        console.message(why.isEmpty() ? "writing runs again" : "writing runs paused: " + why);
    }

    @Override
    public synchronized void transientFailure(String where, Exception cause) {
        String failure = where + ": " + cause.getMessage();
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            console.message("retrying " + failure);
        }
    }

    @Override
    public void warning(String where, String message) {
        console.message("warning  " + where + ": " + message);
    }

    @Override
    public void recipeEnded(String recipe, RunCompleted run, boolean ok, String message) {
        console.message("recipe   " + recipe + " of " + run.shop() + "/" + run.runId() + ": "
                + (ok ? "done" : "failed: " + message));
    }

    @Override
    public void recipesDelayed(String why) {
        console.message("recipes  waiting for run results, retrying: " + why);
    }
}
