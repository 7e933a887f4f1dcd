package dynoai.app.agent;

import dynoai.agent.AgentEvents;
import dynoai.app.console.Console;
import dynoai.app.console.ProgressBar;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.FileState;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Prints a line for each log, and on a terminal how much of one is sent. Without a terminal, lines begin with the time. */
final class AgentLines implements AgentEvents {
    private final Console console;
    private final InstantSource clock;
    private @Nullable ProgressBar bar;
    private String uploading = "";
    private long sent;
    private String lastFailure = "";

    AgentLines(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public synchronized void uploadProgress(Claim claim, long bytes) {
        if (!uploading.equals(claim.runId())) {
            clearBar();
            uploading = claim.runId();
            bar = ProgressBar.of(console, claim.size(), claim.original());
            sent = 0;
        }
        if (bar != null && bytes > sent) {
            bar.bytesRead(bytes - sent);
            sent = bytes;
        }
        if (bytes == claim.size()) {
            clearBar();
        }
    }

    private void clearBar() {
        if (bar != null) {
            bar.clear();
            bar = null;
            uploading = "";
        }
    }

    @Override
    public void fileCommitted(Claim claim) {
        line("sent     " + claim.original() + " as run " + claim.runId());
    }

    @Override
    public void runReturned(Claim claim, Path folder) {
        line("run      " + claim.original() + ": " + folder);
    }

    @Override
    public void fileChanged(Path file, FileState state) {
        if (state instanceof FileState.Rejected rejected) {
            line("rejected " + file + ": " + rejected.code() + ", see rejected/ in the drop folder");
        } else if (state instanceof FileState.Duplicate duplicate) {
            line("duplicate " + file + ": same as run " + duplicate.ofRunId());
        } else if (state instanceof FileState.LeftAlone left) {
            line("left     " + file + ": " + left.why());
        }
    }

    @Override
    public void connected() {
        line("intake   connected");
    }

    @Override
    public void disconnected(String why) {
        line("intake   " + why + "; trying again, logs wait");
    }

    @Override
    public void runResent(Claim claim) {
        line("resend   " + claim.original() + ": the intake does not have it");
    }

    @Override
    public void claimingPaused(String why) {
        line("disk     " + (why.isEmpty() ? "there is room again" : why + "; logs wait"));
    }

    @Override
    public void transientFailure(String where, Exception cause) {
        String failure = where + ": " + cause.getMessage();
        boolean repeated;
        synchronized (this) {
            repeated = failure.equals(lastFailure);
            lastFailure = failure;
        }
        if (!repeated) {
            line("retry    " + failure);
        }
    }

    @Override
    public void warning(String where, String message) {
        line("warning  " + where + ": " + message);
    }

    /** Prints a line above the bar. */
    synchronized void line(String text) {
        if (bar != null) {
            bar.clear();
        }
        console.message(console.errIsTerminal() ? text : clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + text);
    }
}
