package dynoai.app.run;

import dynoai.app.analyze.AnalysisFlags;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Flags;
import dynoai.app.console.Interruptible;
import dynoai.app.console.JsonOut;
import dynoai.app.console.Paths;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.Determinism;
import dynoai.engine.stored.Difference;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Verifies that the same log and options give the same bytes. */
public final class DeterminismCommand implements Callable<Integer> {
    private final Console console;
    private final CommandSpec spec;

    private DeterminismCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    public static CommandSpec spec(Console console) {
        CommandSpec spec = new DeterminismCommand(console).spec;
        spec.name("determinism");
        spec.usageMessage()
                .description(
                        "Verify that analysing again gives the same bytes.",
                        "",
                        "A log is analysed twice, on one thread and on two. Of a folder, every run folder at or below it is",
                        "analysed again from its data.csv with its options. Run folders are only read; times, names and paths",
                        "are ignored.")
                .footer(
                        "",
                        "Examples:",
                        "  dynoai determinism pull.csv --clamp 10",
                        "  dynoai determinism runs/",
                        "  dynoai determinism runs/north runs/south --json",
                        "",
                        "A run that cannot be analysed again (it failed, or its base table is missing) is listed and",
                        "counts as not equal.")
                .exitCodeList(Map.of("0", "equal", "3", "not a valid CSV", "4", "not equal"));
        spec.addOption(Flags.text("--csv", "LOG", "A log to analyse twice.").build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("PATH")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("A log, or run folders and folders of run folders, to which options of an analysis do not"
                        + " apply.")
                .build());
        spec.addOption(
                Flags.text("--runs", "DIR", "The same as RUNS, for one folder.").build());
        AnalysisFlags.addTo(spec);
        spec.addOption(Flags.json());
        return spec;
    }

    @Override
    public Integer call() throws Exception {
        ParseResult parsed = spec.commandLine().getParseResult();
        AnalysisOptions options = AnalysisFlags.read(parsed);
        List<String> runs = runs(parsed);
        @Nullable String argument = runs.size() == 1 && Files.isRegularFile(Paths.of(runs.get(0))) ? runs.get(0) : null;
        @Nullable String option = parsed.matchedOptionValue("--csv", null);
        if (option != null ? !runs.isEmpty() : runs.isEmpty()) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "give either run folders or one log, as the argument or with --csv");
        }
        @Nullable String csv = option == null ? argument : option;
        Determinism determinism = new Determinism(BatchAnalysis.ofSystemTime());
        List<Determinism.Check> checks = Interruptible.run(
                () -> csv != null ? List.of(determinism.ofLog(Paths.of(csv), options)) : ofRuns(determinism, runs));
        if (parsed.hasMatchedOption("--json")) {
            JsonOut.print(console, toJson(checks));
        } else {
            checks.forEach(this::print);
        }
        return areEqual(checks) ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }

    private static List<String> runs(ParseResult parsed) {
        List<String> runs = new ArrayList<>(parsed.matchedPositionalValue(0, List.<String>of()));
        @Nullable String one = parsed.matchedOptionValue("--runs", null);
        if (one != null) {
            runs.add(one);
        }
        return runs;
    }

    private static List<Determinism.Check> ofRuns(Determinism determinism, List<String> runs) throws Exception {
        List<Determinism.Check> checks = new ArrayList<>();
        for (String folder : runs) {
            checks.addAll(determinism.ofRuns(Paths.of(folder)));
        }
        return checks;
    }

    private static boolean areEqual(List<Determinism.Check> checks) {
        return checks.stream().allMatch(Determinism.Check::isEqual);
    }

    private void print(Determinism.Check check) {
        if (!check.unchecked().isEmpty()) {
            console.println("unchecked  " + check.subject() + ": " + check.unchecked());
            return;
        }
        console.println((check.isEqual() ? "equal      " : "NOT EQUAL  ") + check.subject());
        for (Difference difference : check.differences()) {
            console.println("  " + CompareCommand.line(difference));
        }
    }

    private static Map<String, @Nullable Object> toJson(List<Determinism.Check> checks) {
        List<Object> all = new ArrayList<>();
        for (Determinism.Check check : checks) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("subject", check.subject().toString());
            entry.put("equal", check.isEqual());
            entry.put("unchecked", check.unchecked().isEmpty() ? null : check.unchecked());
            entry.put("differences", CompareCommand.toJson(check.differences()));
            all.add(entry);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("equal", areEqual(checks));
        json.put("checks", all);
        return json;
    }
}
