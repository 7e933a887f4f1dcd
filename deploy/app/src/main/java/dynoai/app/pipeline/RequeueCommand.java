package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.ingest.folder.Requeue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Moves rejected logs back to the drop folder. */
@Command(
        name = "requeue",
        description = "Move rejected logs back to where they were dropped.",
        footer = {
            "",
            "Correct the options first: the sidecar next to the rejected log moves with it.",
            "",
            "Example:",
            "  dynoai requeue 2026-03-01T09-30-00Z-00c0de",
        },
        exitCodeList = "2:no such rejected log")
public final class RequeueCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private FolderFlags flags = new FolderFlags();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rejected logs, their folders or their run ids.")
    private List<String> files = new ArrayList<>();

    public RequeueCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        FolderFlags.Folders folders = flags.ofLatest();
        for (String file : files) {
            console.println("back at " + Requeue.putBack(folders.drop(), file));
        }
        return ExitCode.SUCCESS;
    }
}
