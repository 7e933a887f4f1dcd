package dynoai.app.analyze;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Failures;
import dynoai.app.console.Flags;
import dynoai.app.console.JsonOut;
import dynoai.engine.Preflight;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows how logs would be analysed, without writing files. */
public final class PreflightCommand implements Callable<Integer> {
    private final Console console;
    private final CommandSpec spec;

    private PreflightCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    public static CommandSpec spec(Console console) {
        CommandSpec spec = new PreflightCommand(console).spec;
        spec.name("preflight");
        spec.usageMessage()
                .description(
                        "Check logs before they are processed; writes no file.",
                        "",
                        "Begins with the verdict: map (the log gives corrections), empty (no row would be accepted) or",
                        "refused (the log cannot be analysed; why is printed on stderr).",
                        "",
                        "Shows the rows that each cylinder would accept, and a table of the channels: valid values with",
                        "the lowest and the highest, the unit, the conversion and the column. Then the columns that were",
                        "passed over and why, and the missing channels. Reads the whole log. Of an AFR, values from 9 to",
                        "18 are valid; of another channel, every number.")
                .footer(
                        "",
                        "Examples:",
                        "  dynoai preflight pull.csv",
                        "  dynoai preflight --csv pull.csv --json",
                        "  dynoai preflight logs/ --map-unit inhg",
                        "",
                        "The exit code is the highest of all logs.")
                .exitCodeList(Map.of(
                        "0",
                        "map: the log gives corrections",
                        "3",
                        "refused: not a log that can be analysed",
                        "4",
                        "empty: no row would be accepted; also refused for suspect units, or a base table that does not"
                                + " fit"));
        spec.addPositional(Flags.logs("0..*"));
        spec.addOption(
                Flags.text("--csv", "LOG", "One log, as analyze takes it.").build());
        AnalysisFlags.addTo(spec);
        spec.addOption(Flags.json());
        return spec;
    }

    @Override
    public Integer call() throws Exception {
        ParseResult parsed = spec.commandLine().getParseResult();
        AnalysisOptions options = AnalysisFlags.read(parsed);
        List<Path> logs = logs(parsed);
        boolean json = parsed.hasMatchedOption("--json");
        int worst = ExitCode.SUCCESS;
        List<Object> results = new ArrayList<>();
        for (Path log : logs) {
            try {
                PreflightText text = new PreflightText(Preflight.of(log, options));
                worst = Math.max(worst, text.exitCode());
                results.add(text.toJson());
                text.rejection().ifPresent(rejection -> Failures.print(console, rejection));
                if (!json) {
                    text.lines().forEach(console::println);
                }
                console.out().flush();
            } catch (Exception e) {
                worst = Math.max(worst, Failures.exitCode(e));
                results.add(Failures.toJson(log, e));
                Failures.print(console, e);
                if (!json) {
                    console.println(Failures.verdict(e) + log);
                }
            }
        }
        if (json) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("exit_code", worst);
            all.put("logs", results);
            JsonOut.print(console, all);
        }
        return worst;
    }

    private List<Path> logs(ParseResult parsed) throws Exception {
        @Nullable String csv = parsed.matchedOptionValue("--csv", null);
        List<String> names = Flags.<List<String>>either(
                "--csv", csv == null ? null : List.of(csv), "LOG", parsed.matchedPositionalValue(0, null));
        return LogArguments.files(console, names);
    }
}
