package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.ingest.folder.Requeue;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.schemas.option.InvalidOptionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves rejected logs back to the drop folder. */
@Command(
        name = "requeue",
        description = "Move rejected logs back to where they were dropped.",
        footer = {
            "",
            "Correct the options with --set, or write them into LOG.options.yaml next to the rejected LOG, which moves with",
            "it, or into dynoai.yaml in the folder it came from, one to a line as in map_unit: inhg. run.yaml is a record of",
            "the claim and is not read again.",
            "",
            "Examples:",
            "  dynoai requeue 2026-03-01T09-30-00Z-00c0de",
            "  dynoai requeue 2026-03-01T09-30-00Z-00c0de --set map_unit=inhg",
        },
        exitCodeList = "2:no such rejected log")
public final class RequeueCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private FolderFlags flags = new FolderFlags();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rejected logs, their folders or their run ids.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "OPTION=VALUE",
            description = "An option to change, by its name in option files; without VALUE it is left out.")
    private Map<String, String> changed = new LinkedHashMap<>();

    public RequeueCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException, InvalidOptionException {
        FolderFlags.Folders folders = flags.ofLatest();
        Optional<ClaimKey> key = ClaimKey.find(folders.store().store(folders.data()));
        for (String file : files) {
            console.println("back at " + Requeue.putBack(folders.drop(), file, key, changed));
        }
        return ExitCode.SUCCESS;
    }
}
