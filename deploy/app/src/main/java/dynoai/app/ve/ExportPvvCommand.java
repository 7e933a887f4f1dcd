package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Flags;
import dynoai.exporter.pvv.PvvFile;
import dynoai.exporter.pvv.PvvItem;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.exporter.ve.ApplyRequest;
import dynoai.exporter.ve.VeApply;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.VeException;
import dynoai.exporter.ve.preview.Preview;
import dynoai.schemas.file.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pvv",
        description = "Write a VE table, with a run's delta applied, as Power Vision XML.",
        footer = {
            "",
            "Without --run the table is written unchanged. A run is verified as in ve apply.",
            "",
            "Examples:",
            "  dynoai export pvv ve.csv --run runs/ID --output ve.pvv",
            "  dynoai export pvv ve_new.csv --name \"VE front\" --output ve.pvv"
        },
        exitCodeList = {"3:hash verification failed", "4:invalid manifest"})
final class ExportPvvCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "The same as --base.")
    private @Nullable Path argument;

    @Option(names = "--base", paramLabel = "FILE", description = "The VE table.")
    private @Nullable Path baseFlag;

    @Option(names = "--run", paramLabel = "DIR", description = "A run folder whose delta is applied first.")
    private @Nullable Path run;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The XML file to write.")
    private Path output = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "The table's name in the file. Default: VE.")
    private String name = "VE";

    @Mixin
    private AdjustmentOptions adjustment = new AdjustmentOptions();

    ExportPvvCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, VeException, IOException {
        Path base = Flags.either("--base", baseFlag, "TABLE", argument);
        byte[] xml = PvvFile.write(List.of(PvvItem.of(name, table(base))));
        TableFiles.write(output, xml, base);
        console.message("Wrote " + output);
        return ExitCode.SUCCESS;
    }

    private VeTable table(Path base) throws CommandException, VeException, IOException {
        if (run == null) {
            try {
                return VeTable.read(base.toString(), SmallFile.read(base, VeTable.MAX_BYTES));
            } catch (InvalidTableException e) {
                throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(e.getMessage()), e);
            }
        }
        ApplyRequest request = ApplyRequest.of(base, new FactorChoice.OfRun(run, adjustment.cylinder()), output);
        Preview preview = new VeApply().preview(adjustment.in(request));
        long leftAlone = preview.count(Preview.Fate.LEFT_ALONE);
        if (leftAlone > 0) {
            console.message("Left " + leftAlone + (leftAlone == 1 ? " cell" : " cells")
                    + " with a factor unchanged: too few samples (--min-hits)");
        }
        return preview.after();
    }
}
