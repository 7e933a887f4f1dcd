package dynoai.app.analyze;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Failures;
import dynoai.app.console.Flags;
import dynoai.app.console.Interruptible;
import dynoai.app.console.JsonOut;
import dynoai.app.console.Paths;
import dynoai.app.console.ProgressBar;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.BatchEvents;
import dynoai.engine.BatchRun;
import dynoai.engine.LogAge;
import dynoai.engine.LogResult;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Analyses many logs concurrently. */
public final class BatchCommand implements Callable<Integer> {
    private static final int MAX_JOBS = 256;
    private static final String NEWER = "--newer";

    private final Console console;
    private final CommandSpec spec;

    private BatchCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    public static CommandSpec spec(Console console) {
        CommandSpec spec = new BatchCommand(console).spec;
        spec.name("batch");
        spec.usageMessage()
                .description(
                        "Analyse many logs concurrently, each into its own run folder.",
                        "",
                        "Prints one line for each log, in the order given. A rejected log does not stop the others; the",
                        "reason is printed on stderr.")
                .footer(
                        "",
                        "Examples:",
                        "  dynoai batch logs/",
                        "  dynoai batch monday/*.csv tuesday/*.csv --outdir runs/week-12 --clamp 10",
                        "  dynoai batch logs/ --newer 7d",
                        "  dynoai batch logs/ --json > batch.json",
                        "",
                        "Ctrl-C stops the batch; completed runs stay, incomplete ones leave no files.",
                        "",
                        "The exit code is the highest of all logs.")
                .exitCodeList(Map.of(
                        "3", "a log is not a valid CSV", "4", "suspect units or a base table that does not fit"));
        spec.addPositional(Flags.logs("1..*"));
        spec.addOption(Flags.text("--outdir", "DIR", "The folder of the run folders. Default: runs.")
                .build());
        spec.addOption(OptionSpec.builder("--jobs")
                .paramLabel("N")
                .type(Integer.class)
                .description("Logs analysed concurrently, 1 to " + MAX_JOBS + ". Default: one for each processor.")
                .build());
        spec.addOption(Flags.text(NEWER, "AGE", "Only logs changed within AGE: 7d, 12h or 30m. Default: all.")
                .build());
        AnalysisFlags.addTo(spec);
        spec.addOption(Flags.json());
        return spec;
    }

    @Override
    public Integer call() throws Exception {
        ParseResult parsed = spec.commandLine().getParseResult();
        AnalysisOptions options = AnalysisFlags.read(parsed);
        List<String> names = parsed.matchedPositionalValue(0, List.of());
        List<Path> logs = newer(parsed, LogArguments.files(console, names));
        RunTarget target = RunTarget.among(Paths.of(parsed.matchedOptionValue("--outdir", "runs")));
        int jobs = jobs(parsed);
        int threads = Math.min(jobs, logs.size()) > 1 ? 1 : 2;
        List<RunRequest> requests = new ArrayList<>();
        for (Path log : logs) {
            requests.add(new RunRequest(log, options, target, threads));
        }
        boolean json = parsed.hasMatchedOption("--json");
        ProgressBar bar = ProgressBar.of(console, totalBytes(logs), logs.size());
        BatchRun batch = new BatchRun(BatchAnalysis.ofSystemTime(), jobs);
        List<LogResult> outcomes;
        try {
            outcomes = Interruptible.run(() -> batch.run(requests, events(bar, json)));
        } finally {
            bar.clear();
        }
        if (json) {
            JsonOut.print(console, toJson(outcomes));
        }
        return worst(outcomes);
    }

    private List<Path> newer(ParseResult parsed, List<Path> logs) throws CommandException, IOException {
        @Nullable String age = parsed.matchedOptionValue(NEWER, null);
        if (age == null) {
            return logs;
        }
        try {
            LogAge.Selection selection = LogAge.parse(age).select(logs, Instant.now());
            if (!selection.older().isEmpty()) {
                console.message("passed over, older than " + age + ": " + LogArguments.shown(selection.older()));
            }
            return selection.newer();
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, NEWER + ": " + e.getMessage(), e);
        }
    }

    private static int jobs(ParseResult parsed) throws CommandException {
        @Nullable Integer given = parsed.matchedOptionValue("--jobs", null);
        if (given == null) {
            return Math.min(MAX_JOBS, Runtime.getRuntime().availableProcessors());
        }
        if (given < 1 || given > MAX_JOBS) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS,
                    "'" + given + "' is not a valid --jobs: it takes a whole number from 1 to " + MAX_JOBS);
        }
        return given;
    }

    private BatchEvents events(ProgressBar bar, boolean json) {
        return new BatchEvents() {
            @Override
            public void bytesRead(long bytes) {
                bar.bytesRead(bytes);
            }

            @Override
            public void ended(LogResult outcome) {
                bar.logEnded(() -> print(outcome, json));
            }
        };
    }

    private void print(LogResult outcome, boolean json) {
        if (outcome instanceof LogResult.Analyzed analyzed) {
            RunSummary summary = new RunSummary(analyzed.log(), analyzed.report());
            for (String message : summary.messages()) {
                console.message(analyzed.log().getFileName() + ": " + message);
            }
            if (!json) {
                console.println("ok       " + summary.line());
            }
        } else if (outcome instanceof LogResult.Failed failed) {
            Failures.print(console, failed.cause());
            if (!json) {
                console.println(Failures.verdict(failed.cause()) + failed.log());
            }
        }
        console.out().flush();
    }

    private static long totalBytes(List<Path> logs) {
        long bytes = 0;
        for (Path log : logs) {
            try {
                bytes += Files.size(log);
            } catch (IOException ignored) {
                // The analysis reports it.
            }
        }
        return bytes;
    }

    private static int worst(List<LogResult> outcomes) {
        int worst = ExitCode.SUCCESS;
        for (LogResult outcome : outcomes) {
            if (outcome instanceof LogResult.Failed failed) {
                worst = Math.max(worst, Failures.exitCode(failed.cause()));
            }
        }
        return worst;
    }

    private static Map<String, @Nullable Object> toJson(List<LogResult> outcomes) {
        List<Object> runs = new ArrayList<>();
        for (LogResult outcome : outcomes) {
            if (outcome instanceof LogResult.Analyzed analyzed) {
                runs.add(new RunSummary(analyzed.log(), analyzed.report()).toJson());
            } else if (outcome instanceof LogResult.Failed failed) {
                runs.add(Failures.toJson(failed.log(), failed.cause()));
            }
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("exit_code", worst(outcomes));
        json.put("runs", runs);
        return json;
    }
}
