package dynoai.app.analyze;

import dynoai.app.console.ExitCode;
import dynoai.app.console.VerdictLines;
import dynoai.engine.PublishedRun;
import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.Anomaly;
import dynoai.exporter.diagnose.ChannelNames;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.Delta;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.Option;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tuner wants to see first about a run, in words. */
final class RunSummary {
    private final Path log;
    private final PublishedRun report;
    private final AnalysisResult analysis;
    private final Verdict verdict;

    RunSummary(Path log, PublishedRun report) {
        this.log = log;
        this.report = report;
        this.analysis = report.analysis();
        this.verdict = Verdict.of(analysis);
    }

    /** A screen of it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        RunGrids grids = analysis.grids();
        lines.add("Run        " + report.folder());
        lines.add("Log        " + log + ": " + analysis.description().format().key() + ", " + grids.rowsRead() + " rows"
                + (grids.unreadable() == 0
                        ? ""
                        : ", " + grids.unreadable()
                                + (analysis.description().weightsByHits()
                                        ? " of them without engine speed or MAP"
                                        : " of them without engine speed, MAP or torque")));
        List<String> passedOver = ChannelNames.passedOver(analysis.description());
        if (!passedOver.isEmpty()) {
            lines.add("Columns    " + String.join("; ", passedOver));
        }
        lines.add("Math       version " + analysis.options().mathVersion().label() + ", weighted by "
                + analysis.weighting() + ", clamp "
                + shortest(analysis.options().number(Option.CLAMP)) + " %");
        for (Cylinder cylinder : Cylinder.values()) {
            lines.add(padded(cylinder.title()) + accepted(cylinder));
        }
        lines.addAll(VerdictLines.of(verdict));
        if (grids.rowsOutsideGrid() > 0) {
            boolean one = grids.rowsOutsideGrid() == 1;
            lines.add("Outside    " + grids.rowsOutsideGrid() + (one ? " row lies" : " rows lie")
                    + " beyond the grid and "
                    + (analysis.options().flag(Option.INSIDE_GRID)
                            ? one ? "is left out" : "are left out"
                            : (one ? "counts" : "count") + " in its edge cells; --inside-grid leaves "
                                    + (one ? "it" : "them") + " out"));
        }
        if (analysis.weakCells() > 0) {
            lines.add("Weak       " + analysis.weakCellsNote());
        }
        addAnomalies(lines);
        lines.addAll(VerdictLines.next(report.folder().resolve(reading()), verdict));
        return lines;
    }

    /** One line of it, for a batch. */
    String line() {
        int anomalies = analysis.diagnostics().anomalies().size();
        return report.folder() + "  " + log.getFileName() + "  "
                + analysis.grids().rowsRead() + " rows, "
                + analysis.grids().of(Cylinder.FRONT).coveredCells() + " of " + GridAxes.CELLS + " cells, front "
                + verdict.corrections().front().largestWords() + ", rear "
                + verdict.corrections().rear().largestWords() + ", " + anomalies
                + (anomalies == 1 ? " anomaly" : " anomalies");
    }

    /** The same for a program. */
    Map<String, @Nullable Object> toJson() {
        RunGrids grids = analysis.grids();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run_id", report.runId());
        json.put("folder", report.folder().toString());
        json.put("log", log.toString());
        json.put("ok", true);
        json.put("exit_code", ExitCode.SUCCESS);
        json.put("message", analysis.diagnostics().message());
        json.put("format", analysis.description().format().key());
        json.put("math_version", analysis.options().mathVersion().label());
        json.put("weighting", analysis.weighting());
        json.put("sha256", analysis.input().sha256());
        json.put("size_bytes", analysis.input().sizeBytes());
        json.put("rows_read", grids.rowsRead());
        json.put("unreadable", grids.unreadable());
        json.put("rows_outside_grid", grids.rowsOutsideGrid());
        for (Cylinder cylinder : Cylinder.values()) {
            Map<String, @Nullable Object> own = new LinkedHashMap<>();
            own.put("accepted", grids.of(cylinder).accepted());
            own.put("cells_covered", analysis.grids().of(cylinder).coveredCells());
            own.put("cells_weak", analysis.diagnostics().weakCells(cylinder).size());
            own.put("largest", largestJson(analysis.kernels().of(cylinder).delta()));
            json.put(cylinder.key(), own);
        }
        json.put("largest", largestJson(analysis.kernels().combined()));
        json.put("cells_weak", analysis.weakCells());
        json.putAll(VerdictLines.toJson(verdict));
        json.put("clamped_cells", analysis.kernels().combined().clampedCells());
        List<Object> anomalies = new ArrayList<>();
        for (Anomaly anomaly : analysis.diagnostics().anomalies()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("type", anomaly.type().key());
            entry.put("score", anomaly.score());
            entry.put("explanation", anomaly.explanation());
            anomalies.add(entry);
        }
        json.put("anomalies", anomalies);
        json.put("conversions", analysis.description().conversions());
        json.put("notes", analysis.description().notes());
        return json;
    }

    private static @Nullable Object largestJson(Delta delta) {
        int cell = delta.largestCell();
        if (cell < 0) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("percent", delta.clamped().at(cell));
        json.put("rpm", GridAxes.rpmOfCell(cell));
        json.put("kpa", GridAxes.kpaOfCell(cell));
        json.put("clamped", delta.isClamped(cell));
        return json;
    }

    /** Conversions, notes and warnings about how the log was read. */
    List<String> messages() {
        LogDescription description = analysis.description();
        List<String> messages = new ArrayList<>();
        if (analysis.options().mathVersion().isReplay()) {
            messages.add("Warning: math version toolkit-1.2 replays the historical toolkit. Its sign is inverted for"
                    + " fuelling: a lean cell comes out negative. Do not apply its delta to a VE table.");
        }
        messages.add("Columns: " + String.join(", ", columns(description)));
        for (String conversion : description.conversions()) {
            messages.add("Converted: " + conversion);
        }
        for (String note : description.notes()) {
            messages.add("Note: " + note);
        }
        String loud = analysis.diagnostics().message();
        if (loud != null) {
            messages.add("Warning: " + loud);
        }
        return messages;
    }

    private static List<String> columns(LogDescription description) {
        return description.sources().stream()
                .map(source -> source.channel().key() + " "
                        + (source.role().equals("column") ? "" : source.role() + " ")
                        + (source.header().isEmpty()
                                ? ""
                                : "'" + source.header().strip() + "'"))
                .map(String::strip)
                .toList();
    }

    private String reading() {
        boolean html = report.manifest().outputs().stream()
                .anyMatch(output -> output.file().equals(RunFolderLayout.REPORT.file()));
        return (html ? RunFolderLayout.REPORT : RunFolderLayout.DIAGNOSTICS_REPORT).file();
    }

    private String accepted(Cylinder cylinder) {
        RunGrids.CylinderGrids own = analysis.grids().of(cylinder);
        if (own.accepted() == 0) {
            return "no row accepted: " + analysis.diagnostics().whyEmpty(cylinder);
        }
        int weak = analysis.diagnostics().weakCells(cylinder).size();
        StringBuilder text = new StringBuilder()
                .append(own.accepted())
                .append(" rows accepted, ")
                .append(analysis.grids().of(cylinder).coveredCells())
                .append(" of " + GridAxes.CELLS + " cells covered");
        if (weak > 0) {
            text.append(", ")
                    .append(weak)
                    .append(weak == 1 ? " with" : " of them with")
                    .append(" fewer than " + Diagnostics.ENOUGH_SAMPLES + " samples");
        }
        Gate most = mostFrequentGate(own);
        if (most != Gate.ACCEPTED) {
            text.append("; left out, mostly: ")
                    .append(own.gates().get(most.ordinal()).rows())
                    .append(" as ")
                    .append(most.key());
        }
        return text.toString();
    }

    private static Gate mostFrequentGate(RunGrids.CylinderGrids grids) {
        Gate most = Gate.ACCEPTED;
        long rows = 0;
        for (Gate gate : Gate.values()) {
            long own = grids.gates().get(gate.ordinal()).rows();
            if (gate != Gate.ACCEPTED && own > rows) {
                most = gate;
                rows = own;
            }
        }
        return most;
    }

    private void addAnomalies(List<String> lines) {
        List<Anomaly> anomalies = analysis.diagnostics().anomalies();
        lines.add("Anomalies  " + (anomalies.isEmpty() ? "none" : String.valueOf(anomalies.size())));
        for (Anomaly anomaly : anomalies) {
            lines.add("           " + anomaly.type().key() + ": " + anomaly.explanation());
        }
    }

    private static String shortest(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private static String padded(String label) {
        return label + " ".repeat(11 - label.length());
    }
}
