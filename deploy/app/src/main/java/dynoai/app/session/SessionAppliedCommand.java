package dynoai.app.session;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.engine.session.SessionMarks;
import dynoai.engine.session.SessionRun;
import dynoai.schemas.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "applied",
        description = "Mark the corrections of a run as applied to the bike's VE table.",
        footer = {
            "",
            "Then the session tells a run after a change from the same table ridden again. ve apply --run marks its run by",
            "itself; this is for corrections that were pasted by hand.",
            "",
            "Examples:",
            "  dynoai session applied 2026-03-01T09-30-00Z-00c0de",
            "  dynoai session applied runs/north/2026-03-01T09-30-00Z-00c0de --undo"
        },
        exitCodeList = "2:no such run")
final class SessionAppliedCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RunsFlag runs = new RunsFlag();

    @Parameters(paramLabel = "RUN", description = "A run folder, or a run id.")
    private String named = "";

    @Option(names = "--undo", description = "Take the mark back.")
    private boolean undo;

    SessionAppliedCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        SessionRun run = runs.run(named);
        Path folder = AtomicFile.folderOf(run.folder());
        List<String> marked = List.of(run.runId());
        if (undo) {
            SessionMarks.undoApply(folder, marked, "by hand", Instant.now());
        } else {
            SessionMarks.apply(folder, marked, "by hand", Instant.now());
        }
        console.println(run.runId() + (undo ? ": not applied" : ": applied"));
        return ExitCode.SUCCESS;
    }
}
