package dynoai.app.run;

import static java.time.format.DateTimeFormatter.BASIC_ISO_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Flags;
import dynoai.app.console.JsonOut;
import dynoai.app.console.PageOutput;
import dynoai.app.console.Paths;
import dynoai.app.storage.FetchedRuns;
import dynoai.app.storage.ReadFlags;
import dynoai.engine.stored.RunsReport;
import dynoai.engine.stored.StoredRuns;
import dynoai.exporter.report.RunsPage.RejectedLog;
import dynoai.schemas.file.UnsafePathException;
import java.io.IOException;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports the runs of a period. */
@Command(
        name = "report",
        description = "Report the runs made between two days, as a page or as JSON.",
        footer = {
            "",
            "For each shop and vehicle: convergence of the largest correction, coverage, and rejected logs.",
            "",
            "Examples:",
            "  dynoai report --from 2026-03-01 --to 2026-03-31 --output march.html",
            "  dynoai report runs/north --from 2026-03-01 --to 2026-03-07 --drop drop --json",
            "  dynoai report --shop north --from 2026-03-01 --to 2026-03-31 --drop drop --output north.html",
            "  dynoai report --start 20260301 --end 20260307 --output week.html",
            "",
            "Days are in UTC, both inclusive. A vehicle is the folder of its log in the drop folder, otherwise the name of",
            "the front base table."
        },
        exitCodeList = {"2:no such folder", "4:a run was modified and is left out"})
public final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = {"--from", "--start"},
            required = true,
            paramLabel = "DAY",
            description = "First day, YYYY-MM-DD or YYYYMMDD.")
    private String from = "";

    @Option(
            names = {"--to", "--end"},
            required = true,
            paramLabel = "DAY",
            description = "Last day, YYYY-MM-DD or YYYYMMDD.")
    private String to = "";

    @Parameters(
            arity = "0..1",
            paramLabel = "RUNS",
            description =
                    "Folder of the run folders, or s3://BUCKET/PREFIX, whose runs of the days are fetched. Default: runs.")
    private @Nullable String folder;

    @Option(names = "--runs", paramLabel = "PLACE", description = "The same as RUNS.")
    private @Nullable String runsFlag;

    @Option(names = "--drop", paramLabel = "DIR", description = "Drop folder whose rejected logs are listed.")
    private String drop = "";

    @Option(
            names = "--shop",
            paramLabel = "SHOP",
            description = "Only runs and rejected logs of this shop, for a page that the shop is given.")
    private String shop = "";

    @Option(names = "--output", paramLabel = "FILE", description = "Write the page to FILE. Default: stdout.")
    private String output = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private ReadFlags read = new ReadFlags();

    public ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, UnsafePathException, CommandException {
        LocalDate first = day("--from", from);
        LocalDate last = day("--to", to);
        if (first.isAfter(last)) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "--from " + from + " is later than --to " + to);
        }
        String runs = folder == null && runsFlag == null ? "runs" : Flags.either("--runs", runsFlag, "RUNS", folder);
        try (FetchedRuns fetched = read.runs()) {
            return report(
                    fetched.folderOfRuns(
                            runs,
                            run -> StoredRuns.isWithin(run.text("created_at"), first.toString(), last.toString())),
                    first,
                    last);
        }
    }

    private int report(Path runs, LocalDate first, LocalDate last)
            throws IOException, UnsafePathException, CommandException {
        RunsReport all = RunsReport.of(runs, first, last, drop.isEmpty() ? null : Paths.of(drop));
        RunsReport report = shop.isEmpty() ? all : all.ofShop(shop);
        report.leftOut().forEach(reason -> console.message("Left out: " + reason));
        if (json) {
            JsonOut.print(console, toJson(report));
        }
        if (!json || !output.isEmpty()) {
            PageOutput.write(console, output, report.page());
        }
        return report.leftOut().isEmpty() ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }

    private static LocalDate day(String flag, String given) throws CommandException {
        try {
            return LocalDate.parse(given, given.contains("-") ? ISO_LOCAL_DATE : BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS,
                    flag + " takes a day like 2026-03-01 or 20260301, not '" + given + "'",
                    e);
        }
    }

    private static Map<String, @Nullable Object> toJson(RunsReport report) {
        List<Object> runs = new ArrayList<>();
        report.runs().forEach(run -> runs.add(SummaryCommand.toJson(run)));
        List<Object> logs = new ArrayList<>();
        for (RejectedLog log : report.rejected()) {
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
