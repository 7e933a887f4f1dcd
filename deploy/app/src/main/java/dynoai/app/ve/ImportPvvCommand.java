package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.exporter.pvv.InvalidPvvException;
import dynoai.exporter.pvv.PvvFile;
import dynoai.exporter.pvv.PvvItem;
import dynoai.schemas.file.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pvv",
        description = "Convert a VE table from Power Vision XML to CSV.",
        footer = {"", "Example:", "  dynoai import pvv tune.pvv --item \"VE front\" --output ve.csv"},
        exitCodeList = "1:invalid arguments or file")
final class ImportPvvCommand implements Callable<Integer> {
    private static final int MAX_NAMES = 20;

    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "The Power Vision XML.")
    private Path file = Path.of("");

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The CSV file to write.")
    private Path output = Path.of("");

    @Option(names = "--item", paramLabel = "NAME", description = "Name of the table; required if the file has several.")
    private @Nullable String item;

    ImportPvvCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, InvalidPvvException, IOException {
        List<PvvItem> items;
        items = PvvFile.read(file.toString(), SmallFile.read(file, PvvFile.MAX_BYTES));
        List<PvvItem> chosen = items.stream()
                .filter(each -> item == null || each.name().equals(item))
                .toList();
        if (chosen.size() != 1) {
            String names = items.stream().limit(MAX_NAMES).map(PvvItem::name).collect(Collectors.joining(", "))
                    + (items.size() > MAX_NAMES ? " and " + (items.size() - MAX_NAMES) + " more" : "");
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS,
                    file + ": " + (item == null ? "choose a table with --item" : "no single table has that name")
                            + "; it has " + names);
        }
        TableFiles.write(output, chosen.get(0).table().write(), file);
        console.message("Wrote " + output + " from '" + chosen.get(0).name() + "'");
        return ExitCode.SUCCESS;
    }
}
