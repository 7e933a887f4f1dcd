package dynoai.app.ve;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.engine.stored.PasteTable;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.grid.Cylinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "table",
        description = "Write a run's correction table as a tuning program takes it.",
        footer = {
            "",
            "Without --cylinder it is the mean of both, which is only written if they agree within 3 %%.",
            "Absolute values need a run with a base table (analyze --base-front ... --per-cylinder).",
            "",
            "Examples:",
            "  dynoai export table runs/ID --cylinder front --values factor",
            "  dynoai export table runs/ID --cylinder rear --format pvv --output rear.pvv"
        },
        exitCodeList = {"2:no such run", "4:the run failed, was changed, or does not offer the table"})
final class ExportTableCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "A run folder.")
    private Path run = Path.of("");

    @Option(names = "--cylinder", paramLabel = "front|rear", description = "Whose table. Default: the mean of both.")
    private @Nullable Cylinder cylinder;

    @Option(
            names = "--values",
            paramLabel = "percent|factor|absolute",
            description = "What the cells are. Default: percent.")
    private PasteTable.Values values = PasteTable.Values.PERCENT;

    @Option(names = "--no-weak", description = "Leave cells with fewer than 10 samples empty.")
    private boolean noWeak;

    @Option(
            names = "--format",
            paramLabel = "cells|csv|pvv",
            description = "cells: values with tabs; csv: with axes; pvv: Power Vision XML. Default: cells.")
    private PasteTable.Format format = PasteTable.Format.CELLS;

    @Option(names = "--output", paramLabel = "FILE", description = "The file to write. Default: stdout.")
    private @Nullable Path output;

    ExportTableCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        byte[] table = new PasteTable(cylinder, values, !noWeak, format).of(run);
        if (output == null) {
            console.out().write(table, 0, table.length);
        } else {
            AtomicFile.write(output, table);
            console.message("Wrote " + output);
        }
        return ExitCode.SUCCESS;
    }
}
