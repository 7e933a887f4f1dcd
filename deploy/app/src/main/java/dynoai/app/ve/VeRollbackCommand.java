package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.exporter.ve.RollbackRequest;
import dynoai.exporter.ve.VeException;
import dynoai.exporter.ve.VeRollback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rollback",
        description = "Restore the VE table that an apply started from, exactly.",
        footer = {
            "",
            "The metadata, the factor file and the current table are verified by their hashes before anything is computed.",
            "The output may be the current table itself; after several applies in place it goes back one by one.",
            "",
            "Example:",
            "  dynoai ve rollback --current ve_new.csv --metadata ve_new_meta.json --output ve_back.csv"
        },
        exitCodeList = {
            "3:hash verification failed",
            "4:invalid metadata",
            "5:another process writes the output, or another error"
        })
final class VeRollbackCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--current", required = true, paramLabel = "FILE", description = "The table as apply left it.")
    private Path current = Path.of("");

    @Option(names = "--metadata", required = true, paramLabel = "FILE", description = "What apply wrote about it.")
    private Path metadata = Path.of("");

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where the restored table goes.")
    private Path output = Path.of("");

    @Option(
            names = "--factor",
            paramLabel = "FILE",
            description = "The factor table, when it is no longer where the metadata says.")
    private @Nullable Path factor;

    @Option(names = "--dry-run", description = "Say what would be restored and write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    VeRollbackCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        VeRollback.RolledBack result;
        try {
            RollbackRequest request = new RollbackRequest(current, metadata, output, factor);
            result = dryRun ? new VeRollback().preview(request) : new VeRollback().rollback(request);
        } catch (VeException refused) {
            throw VeRefusals.failed(refused);
        }
        String note = result.note();
        if (note != null) {
            console.message("Note: " + note);
        }
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("restored", result.restored().words());
            fields.put("output", result.output().toString());
            fields.put("sha256", result.sha());
            fields.put("base_sha", result.metadata().baseSha());
            fields.put("dry_run", dryRun);
            JsonOut.print(console, fields);
            return ExitCode.SUCCESS;
        }
        console.println("restored: " + result.restored().words());
        console.println(dryRun ? "dry run: nothing was written" : result.output() + " has SHA-256 " + result.sha());
        return ExitCode.SUCCESS;
    }
}
