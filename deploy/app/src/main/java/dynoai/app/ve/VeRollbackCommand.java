package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Flags;
import dynoai.app.console.JsonOut;
import dynoai.exporter.ve.RollbackRequest;
import dynoai.exporter.ve.VeRollback;
import dynoai.exporter.ve.factor.VeException;
import dynoai.schemas.file.UnsafePathException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = "Restore exactly the VE table that an apply started from.",
        footer = {
            "",
            "The metadata, the factor file and the current table are verified by their hashes first. The output may be",
            "the current table; several applies in place are rolled back one by one.",
            "",
            "Example:",
            "  dynoai ve rollback new.csv --metadata new_meta.json --output ve.csv"
        },
        exitCodeList = {
            "3:hash verification failed",
            "4:invalid metadata",
            "5:another process writes the output, or another error"
        })
final class VeRollbackCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "The same as --current.")
    private @Nullable Path table;

    @Option(names = "--current", paramLabel = "FILE", description = "The table that apply wrote.")
    private @Nullable Path currentFlag;

    @Option(names = "--metadata", required = true, paramLabel = "FILE", description = "The metadata that apply wrote.")
    private Path metadata = Path.of("");

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The table to write.")
    private Path output = Path.of("");

    @Option(names = "--factor", paramLabel = "FILE", description = "The factor table, if it moved since.")
    private @Nullable Path factor;

    @Mixin
    private OperationLog log = new OperationLog();

    @Option(names = "--dry-run", description = "Show what would be restored without writing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    VeRollbackCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, VeException, UnsafePathException, IOException {
        log.check();
        Path current = Flags.either("--current", currentFlag, "TABLE", table);
        VeRollback.RolledBack result;
        RollbackRequest request = new RollbackRequest(current, metadata, output, factor);
        result = dryRun ? new VeRollback().preview(request) : new VeRollback().rollback(request);
        if (!dryRun) {
            log.add("rollback", current, result.output(), result.sha());
        }
        String note = result.note();
        if (note != null) {
            console.message("Note: " + note);
        }
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("restored", result.restored().words());
            fields.put("cells_equal", result.cellsEqual());
            fields.put("output", result.output().toString());
            fields.put("sha256", result.sha());
            fields.put("base_sha", result.metadata().baseSha());
            fields.put("dry_run", dryRun);
            JsonOut.print(console, fields);
            return ExitCode.SUCCESS;
        }
        boolean otherLayout = result.cellsEqual() && result.restored() != VeRollback.Restored.EXACT;
        console.println("restored: " + result.restored().words()
                + (otherLayout ? "; every cell equals the base, only the layout of its file differs" : ""));
        console.println(dryRun ? "dry run: nothing was written" : result.output() + " has SHA-256 " + result.sha());
        return ExitCode.SUCCESS;
    }
}
