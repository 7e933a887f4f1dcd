package dynoai.app.session;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.engine.session.SessionMarks;
import dynoai.engine.session.SessionRun;
import dynoai.schemas.file.AtomicFile;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "note",
        description = "Add a note to a run, such as what was changed before it.",
        footer = {
            "",
            "Notes are shown on the run's page. They are kept next to the run folders, which never change.",
            "",
            "Example:",
            "  dynoai session note 2026-03-01T09-30-00Z-00c0de \"new exhaust\""
        },
        exitCodeList = "2:no such run")
final class SessionNoteCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RunsFlag runs = new RunsFlag();

    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder, or a run id.")
    private String named = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "At most 1000 characters on one line.")
    private String text = "";

    SessionNoteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        SessionRun run = runs.run(named);
        try {
            SessionMarks.note(AtomicFile.folderOf(run.folder()), run.runId(), text, "by hand", Instant.now());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(e.getMessage()));
        }
        console.println(run.runId() + ": noted");
        return ExitCode.SUCCESS;
    }
}
