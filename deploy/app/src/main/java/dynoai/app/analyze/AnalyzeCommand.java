package dynoai.app.analyze;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Flags;
import dynoai.app.console.Interruptible;
import dynoai.app.console.JsonOut;
import dynoai.app.console.Paths;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.PublishedRun;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Analyses one log. Built without annotations, because its start-up time matters. */
public final class AnalyzeCommand implements Callable<Integer> {
    private static final int THREADS = 2;

    private final Console console;
    private final CommandSpec spec;

    private AnalyzeCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    public static CommandSpec spec(Console console) {
        CommandSpec spec = new AnalyzeCommand(console).spec;
        spec.name("analyze");
        spec.usageMessage()
                .description(
                        "Analyse one log into a run folder.",
                        "",
                        "The folder holds the VE correction grids, error maps, spark suggestions and coverage as CSV and",
                        "ready to paste, a report to open in a browser, diagnostics, and a manifest with every hash.",
                        "The log is only read, and no VE table is changed.")
                .footer(
                        "",
                        "Examples:",
                        "  dynoai analyze pull.csv",
                        "  dynoai analyze pull.csv --outdir runs/monday --clamp 10",
                        "  dynoai analyze --csv pull.csv --base-front ve.csv --per-cylinder",
                        "",
                        "Every flag may be written with underscores as well: --smooth_passes.")
                .exitCodeList(Map.of(
                        "3", "the log is not a valid CSV", "4", "its units are suspect or a base table does not fit"));
        spec.addPositional(Flags.argument("LOG", "--csv"));
        spec.addOption(Flags.text("--csv", "LOG", "The log.").build());
        spec.addOption(Flags.text(
                        "--outdir",
                        "DIR",
                        "The run folder itself; replaced as a whole if it holds an earlier run, rejected if it holds"
                                + " anything else. Default: runs/{run_id}.")
                .build());
        AnalysisFlags.addTo(spec);
        spec.addOption(Flags.json());
        return spec;
    }

    @Override
    public Integer call() throws Exception {
        return run(AnalyzeArguments.of(spec.commandLine().getParseResult()), console);
    }

    public static int run(AnalyzeArguments arguments, Console console) throws Exception {
        AnalysisOptions options = arguments.resolved();
        Path log = Paths.of(arguments.csv());
        if (Files.isDirectory(log)) {
            throw new CommandException(
                    ExitCode.FILE_NOT_FOUND, log + ": is a folder\nanalyse the logs in it with: dynoai batch " + log);
        }
        @Nullable String outdir = arguments.outdir();
        RunTarget target = outdir == null ? RunTarget.among(Path.of("runs")) : RunTarget.exactly(Paths.of(outdir));
        RunRequest request = new RunRequest(log, options, target, THREADS);
        PublishedRun report =
                Interruptible.run(() -> BatchAnalysis.ofSystemTime().analyze(request, bytes -> {}));
        RunSummary summary = new RunSummary(log, report);
        for (String message : summary.messages()) {
            console.message(message);
        }
        if (arguments.json()) {
            JsonOut.print(console, summary.toJson());
        } else {
            for (String line : summary.lines()) {
                console.println(line);
            }
        }
        return ExitCode.SUCCESS;
    }
}
