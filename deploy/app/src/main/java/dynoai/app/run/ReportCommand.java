package dynoai.app.run;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.app.console.PageOutput;
import dynoai.app.console.Paths;
import dynoai.engine.StoredRuns;
import dynoai.exporter.report.RunsPage;
import dynoai.exporter.report.RunsPage.RejectedLog;
import dynoai.exporter.report.StoredRun;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.run.ProductVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many runs on one page. */
@Command(
        name = "report",
        description = "Report the runs made between two days, as a page or as JSON.",
        footer = {
            "",
            "For each shop and vehicle: how the largest correction converged, coverage, and the logs that were rejected.",
            "",
            "Examples:",
            "  dynoai report --from 2026-03-01 --to 2026-03-31 --output march.html",
            "  dynoai report --from 2026-03-01 --to 2026-03-07 --runs runs --drop drop --json",
            "",
            "Days are in UTC, both included. A vehicle is the folder its log came from; for a log that came from none, the",
            "name of the front base table.",
            "",
            "Exit codes: 0 success, 1 invalid arguments, 2 no such folder, 4 a run was changed since and is left out,",
            "  5 anything else."
        })
public final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--from", required = true, paramLabel = "DAY", description = "First day, YYYY-MM-DD.")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "DAY", description = "Last day, YYYY-MM-DD.")
    private String to = "";

    @Option(names = "--runs", paramLabel = "DIR", description = "Where the run folders are; runs when not given.")
    private String runs = "runs";

    @Option(names = "--drop", paramLabel = "DIR", description = "Drop root whose rejected logs are listed.")
    private String drop = "";

    @Option(names = "--output", paramLabel = "FILE", description = "Write the page here; stdout when not given.")
    private String output = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, UnsafePathException, CommandException {
        String first = day("--from", from);
        String last = day("--to", to);
        if (first.compareTo(last) > 0) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "--from " + from + " is later than --to " + to);
        }
        List<String> refused = new ArrayList<>();
        List<StoredRun> stored = StoredRuns.between(folder(runs), first, last, refused::add);
        refused.forEach(reason -> console.message("Left out: " + reason));
        List<RejectedLog> rejected = drop.isEmpty() ? List.of() : StoredRuns.rejectedBetween(folder(drop), first, last);
        if (json) {
            JsonOut.print(console, toJson(stored, rejected));
        }
        if (!json || !output.isEmpty()) {
            String period = first.equals(last) ? "of " + first : "from " + first + " to " + last;
            PageOutput.write(console, output, RunsPage.render(period, stored, rejected, ProductVersion.VERSION));
        }
        return refused.isEmpty() ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }

    private static String day(String flag, String given) throws CommandException {
        try {
            return LocalDate.parse(given).toString();
        } catch (DateTimeException wrong) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, flag + " takes a day like 2026-03-01, not '" + given + "'", wrong);
        }
    }

    private static Path folder(String name) throws CommandException, NoSuchFileException {
        Path folder = Paths.of(name);
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(name);
        }
        return folder;
    }

    private static Map<String, @Nullable Object> toJson(List<StoredRun> stored, List<RejectedLog> rejected) {
        List<Object> runs = new ArrayList<>();
        stored.forEach(run -> runs.add(SummaryCommand.toJson(run)));
        List<Object> logs = new ArrayList<>();
        for (RejectedLog log : rejected) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("day", log.day());
            entry.put("log", log.log());
            entry.put("code", log.code());
            entry.put("reason", log.reason());
            logs.add(entry);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("runs", runs);
        json.put("rejected", logs);
        return json;
    }
}
