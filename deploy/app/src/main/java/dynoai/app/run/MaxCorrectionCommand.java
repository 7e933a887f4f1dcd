package dynoai.app.run;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.exporter.json.JsonTree;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The largest correction of a delta table, for loops that tune until it is small. */
@Command(
        name = "max-correction",
        description = "Print the largest correction of a delta table, in percent, without its sign.",
        footer = {
            "",
            "Examples:",
            "  dynoai max-correction runs/2026-03-01T09-30-00Z-00c0de",
            "  dynoai max-correction VE_Correction_Delta_Front.csv --json",
            "",
            "Of a run folder it is VE_Correction_Delta_DYNO.csv that counts. A table without a correction is an error,",
            "not 0: nothing was measured, so nothing has converged.",
            "",
            "Exit codes: 0 success, 1 invalid arguments, 2 no such file, 4 no table, or one without a correction,",
            "  5 anything else."
        })
public final class MaxCorrectionCommand implements Callable<Integer> {
    private static final String DELTA = "VE_Correction_Delta_DYNO.csv";

    private final Console console;

    @Parameters(paramLabel = "TABLE", description = "A delta table, or a run folder.")
    private Path given = Path.of("");

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    public MaxCorrectionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InvalidTableException, CommandException {
        Path file = Files.isDirectory(given) ? given.resolve(DELTA) : given;
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.size(file) > VeTable.MAX_BYTES) {
            throw new CommandException(ExitCode.VALIDATION_ERROR, file + " is no table: it is larger than 1 MiB");
        }
        VeTable table = VeTable.read(file.toString(), Files.readAllBytes(file));
        int largest = largest(table);
        if (largest < 0) {
            throw new CommandException(ExitCode.VALIDATION_ERROR, file + ": no cell has a correction");
        }
        print(file, table, largest);
        return ExitCode.SUCCESS;
    }

    private void print(Path file, VeTable table, int cell) {
        double magnitude = Math.abs(table.at(cell));
        if (!json) {
            console.println(JsonTree.shortest(magnitude));
            return;
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("file", file.toString());
        object.put("max_correction_pct", magnitude);
        object.put("correction_pct", table.at(cell));
        object.put("rpm", table.rpmLabel(cell / table.columns()));
        object.put("kpa", table.kpaLabel(cell % table.columns()));
        JsonOut.print(console, object);
    }

    private static int largest(VeTable table) {
        int largest = -1;
        for (int cell = 0; cell < table.size(); cell++) {
            if (!table.isEmpty(cell) && (largest < 0 || Math.abs(table.at(cell)) > Math.abs(table.at(largest)))) {
                largest = cell;
            }
        }
        return largest;
    }
}
