package dynoai.app.run;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.app.console.PageOutput;
import dynoai.app.storage.FetchedRuns;
import dynoai.app.storage.ReadFlags;
import dynoai.engine.stored.Comparison;
import dynoai.engine.stored.Difference;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.schemas.file.UnsafePathException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two runs. */
@Command(
        name = "compare",
        description = "List the differences between two runs, down to single cells.",
        footer = {
            "",
            "Examples:",
            "  dynoai compare runs/monday runs/tuesday",
            "  dynoai compare before/manifest.json after/manifest.json --json",
            "  dynoai compare runs/before runs/after --output compared.html",
            "",
            "Compares all files of two folders, or the fields of two manifests. Names, times and paths, which differ",
            "between any two runs, are ignored."
        },
        exitCodeList = {"0:equal", "2:no such run", "4:not equal"})
public final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "A run folder, a manifest, or s3://BUCKET/PREFIX/SHOP/RUN_ID.")
    private String left = "";

    @Parameters(index = "1", paramLabel = "RUN", description = "The other run.")
    private String right = "";

    @Mixin
    private ReadFlags read = new ReadFlags();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(
            names = {"--output", "--html"},
            paramLabel = "FILE",
            description = "Also write a page with the tables of both runs, their differences and changed options.")
    private String output = "";

    public CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InvalidRunFolderException, UnsafePathException, CommandException {
        try (FetchedRuns fetched = read.runs()) {
            return compare(fetched);
        }
    }

    private int compare(FetchedRuns fetched)
            throws IOException, InvalidRunFolderException, UnsafePathException, CommandException {
        Comparison comparison = Comparison.of(fetched.folder(left), fetched.folder(right));
        if (!output.isEmpty()) {
            PageOutput.write(console, output, comparison.page());
        }
        if (json) {
            JsonOut.print(console, toJson(comparison, fetched));
        } else {
            print(comparison);
        }
        return comparison.isEqual() ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }

    private void print(Comparison comparison) {
        int count = comparison.differences().size();
        console.println(
                comparison.isEqual() ? "equal" : "not equal: " + count + (count == 1 ? " difference" : " differences"));
        for (Difference difference : comparison.differences()) {
            console.println("  " + line(difference));
        }
    }

    static String line(Difference difference) {
        return difference.where() + ": " + orNothing(difference.left()) + " -> " + orNothing(difference.right());
    }

    private static String orNothing(String value) {
        return value.isEmpty() ? "(nothing)" : value;
    }

    private static Map<String, @Nullable Object> toJson(Comparison comparison, FetchedRuns fetched) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("equal", comparison.isEqual());
        json.put("left", fetched.name(comparison.left()));
        json.put("right", fetched.name(comparison.right()));
        json.put("differences", toJson(comparison.differences()));
        return json;
    }

    static List<Object> toJson(List<Difference> differences) {
        List<Object> entries = new ArrayList<>();
        for (Difference difference : differences) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("where", difference.where());
            entry.put("left", difference.left());
            entry.put("right", difference.right());
            entries.add(entry);
        }
        return entries;
    }
}
