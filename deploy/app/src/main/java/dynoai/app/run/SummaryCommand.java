package dynoai.app.run;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.app.console.PageOutput;
import dynoai.app.console.Paths;
import dynoai.app.console.VerdictLines;
import dynoai.engine.stored.StoredRuns;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.report.StoredRun;
import dynoai.exporter.report.SummaryPage;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Summarises a run as a page, text or JSON. */
@Command(
        name = "summary",
        description = "Summarise a run folder as a page on stdout, text or JSON.",
        footer = {
            "",
            "Examples:",
            "  dynoai summary runs/2026-03-01T09-30-00Z-00c0de --output summary.html",
            "  dynoai summary runs/2026-03-01T09-30-00Z-00c0de --text",
            "",
            "The full report of a run is report.html in its folder. Modified tables are rejected."
        },
        exitCodeList = {"2:no such run", "4:not a run folder, or modified"})
public final class SummaryCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "A run folder.")
    private String run = "";

    @Option(names = "--output", paramLabel = "FILE", description = "Write the page to FILE. Default: stdout.")
    private String output = "";

    @Option(names = "--text", description = "Print text.")
    private boolean text;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public SummaryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InvalidRunFolderException, UnsafePathException, CommandException {
        StoredRun stored = StoredRuns.read(Paths.of(run));
        if (json) {
            JsonOut.print(console, toJson(stored));
        } else if (text) {
            print(stored);
        }
        if (!output.isEmpty() || !json && !text) {
            PageOutput.write(console, output, SummaryPage.render(stored));
        }
        return ExitCode.SUCCESS;
    }

    private void print(StoredRun stored) {
        console.println("Run        " + stored.runId() + (stored.ok() ? "" : ", failed: " + stored.message()));
        console.println("Log        " + stored.log() + ", " + stored.rowsRead() + " rows");
        console.println("Math       version " + stored.mathVersion());
        for (Cylinder cylinder : Cylinder.values()) {
            console.println((cylinder == Cylinder.FRONT ? "Front      " : "Rear       ") + accepted(stored, cylinder)
                    + " rows accepted, " + stored.covered(cylinder) + " of " + GridAxes.CELLS + " cells covered");
        }
        @Nullable Verdict verdict = stored.verdict();
        if (verdict != null) {
            VerdictLines.of(verdict).forEach(console::println);
        }
        console.println("Anomalies  " + stored.anomalies());
    }

    private static long accepted(StoredRun run, Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? run.acceptedFront() : run.acceptedRear();
    }

    static Map<String, @Nullable Object> toJson(StoredRun run) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run_id", run.runId());
        json.put("shop", run.shop());
        json.put("vehicle", run.vehicle());
        json.put("log", run.log());
        json.put("created_at", run.createdAt());
        json.put("ok", run.ok());
        json.put("message", run.message().isEmpty() ? null : run.message());
        json.put("math_version", run.mathVersion());
        json.put("rows_read", run.rowsRead());
        for (Cylinder cylinder : Cylinder.values()) {
            json.put(cylinder.key() + "_accepted", accepted(run, cylinder));
            json.put(cylinder.key() + "_cells_covered", run.covered(cylinder));
        }
        json.put("largest_correction_pct", Double.isNaN(run.largestPercent()) ? null : run.largestPercent());
        json.put("cells_clamped", run.clampedCells());
        if (run.verdict() != null) {
            json.putAll(VerdictLines.toJson(run.verdict()));
        }
        json.put("anomalies", run.anomalies());
        return json;
    }
}
