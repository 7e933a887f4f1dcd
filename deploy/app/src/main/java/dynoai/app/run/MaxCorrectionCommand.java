package dynoai.app.run;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.engine.LargestCorrection;
import dynoai.exporter.table.InvalidTableException;
import dynoai.schemas.json.Json;
import java.io.IOException;
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
        description = "Print the largest correction of a table, in percent, unsigned.",
        footer = {
            "",
            "Examples:",
            "  dynoai max-correction runs/2026-03-01T09-30-00Z-00c0de",
            "  dynoai max-correction VE_Correction_Delta_Front.csv --json",
            "",
            "Of a run folder it is VE_Correction_Delta_DYNO.csv that counts. A table without a correction is an error,",
            "not 0: nothing was measured, so nothing has converged."
        },
        exitCodeList = {"2:no such file", "4:no table, or one without a correction"})
public final class MaxCorrectionCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TABLE", description = "A delta table, or a run folder.")
    private Path given = Path.of("");

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    public MaxCorrectionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InvalidTableException {
        LargestCorrection largest = LargestCorrection.of(given);
        if (!json) {
            console.println(Json.shortest(largest.magnitude()));
            return ExitCode.SUCCESS;
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("file", largest.file().toString());
        object.put("max_correction_pct", largest.magnitude());
        object.put("correction_pct", largest.percent());
        object.put("rpm", largest.rpm());
        object.put("kpa", largest.kpa());
        JsonOut.print(console, object);
        return ExitCode.SUCCESS;
    }
}
