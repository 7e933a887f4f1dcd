package dynoai.app.storage;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.shelf.RunCopy;
import dynoai.exporter.shelf.RunShelf;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a published run to a folder. */
@Command(
        name = "fetch",
        description = "Copy a run from a bucket or a folder of runs to disk.",
        footer = {
            "",
            "The run folder appears with all files, each checked against the manifest, or not at all. A folder that has",
            "the run already stays as it is; any other one is an error.",
            "",
            "Examples:",
            "  dynoai fetch 2026-03-01T09-30-00Z-00c0de --shop north --runs s3://b/p --to .",
            "  dynoai fetch 2026-03-01T09-30-00Z-00c0de --runs runs --to /srv/copy",
        },
        exitCodeList = {"1:the folder exists with other files", "2:no such run", "4:a file of the run was modified"})
public final class FetchCommand implements Callable<Integer> {
    private static final String INSTANCE = "fetch";

    private final Console console;

    @Parameters(paramLabel = "RUN_ID", description = "The run.")
    private String runId = "";

    @Option(
            names = "--shop",
            paramLabel = "SHOP",
            defaultValue = RunKey.LOCAL_SHOP,
            description = "Its shop. Default: local, for logs directly in the drop folder.")
    private String shop = RunKey.LOCAL_SHOP;

    @Option(
            names = "--runs",
            paramLabel = "PLACE",
            defaultValue = "runs",
            description = "Folder of run folders, or s3://BUCKET/PREFIX. Default: runs.")
    private String runs = "runs";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "Folder in which the run folder is created, under its run id.")
    private Path to = Path.of("");

    @Mixin
    private ReadFlags read = new ReadFlags();

    public FetchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException, UnsafePathException, RunFolderOccupiedException {
        if (!RunKey.isKey(shop + '/' + runId)) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "not a shop and a run id: '" + shop + "' and '" + runId + "'");
        }
        RunKey key = new RunKey(shop, runId);
        Path local = Files.createTempDirectory("dynoai-fetch-");
        try {
            RunShelf shelf = read.location(runs).shelf(local, INSTANCE);
            Path target = to.resolve(runId);
            RunCopy.create(shelf, FetchedRuns.find(shelf, key), target, INSTANCE);
            console.println(target.toString());
            return ExitCode.SUCCESS;
        } finally {
            RunFolder.discard(local);
        }
    }
}
