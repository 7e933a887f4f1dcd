package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.Option;
import org.jspecify.annotations.Nullable;

/** {@code report.html}: a run for riders and tuners. */
public final class RunPage {
    private final AnalysisResult run;
    private final Verdict verdict;
    private final HtmlPage page = new HtmlPage("DynoAI run report");

    private RunPage(AnalysisResult run) {
        this.run = run;
        verdict = Verdict.of(run);
    }

    public static byte[] render(AnalysisResult run) {
        RunPage report = new RunPage(run);
        report.warnings();
        report.figures();
        new CorrectionSection(run, report.verdict, report.page).write();
        new MapsSection(run, report.page).write();
        new CoverageSection(run, report.verdict.ride(), report.page).write();
        new OptionalAnalysesSection(run, report.page).write();
        new DiagnosticsSection(run, report.page).write();
        TimelineStrip.write(report.page, run);
        new ReadingSection(run, report.page).write();
        return report.page.bytes(run.appVersion());
    }

    private void warnings() {
        @Nullable String message = run.diagnostics().message();
        if (message != null) {
            page.warning(message);
        }
        if (run.options().mathVersion().isReplay()) {
            page.warning(Diagnostics.REPLAY_WARNING);
        }
        if (verdict.corrections().isThin()
                && run.grids().front().accepted() + run.grids().rear().accepted() > 0) {
            page.warning(verdict.corrections().thinWords() + ".");
        }
        if (!verdict.spark().knock().isEmpty()) {
            page.warning(verdict.spark().knockWords() + ".");
        }
    }

    private void figures() {
        RunGrids grids = run.grids();
        int anomalies = run.diagnostics().anomalies().size();
        page.beginFigures()
                .figure("Front, largest correction", largest(Cylinder.FRONT))
                .figure("Rear, largest correction", largest(Cylinder.REAR))
                .figure("Cells cut by the clamp, front", cut(Cylinder.FRONT))
                .figure("Cells cut by the clamp, rear", cut(Cylinder.REAR))
                .figure("Knock", verdict.spark().knockWords())
                .figure("Rows read", Long.toString(grids.rowsRead()))
                .figure("Accepted, front", accepted(Cylinder.FRONT))
                .figure("Accepted, rear", accepted(Cylinder.REAR))
                .figure("Cells covered, front", covered(Cylinder.FRONT))
                .figure("Cells covered, rear", covered(Cylinder.REAR))
                .figure("Anomalies", anomalies == 0 ? "none" : Integer.toString(anomalies))
                .figure("Math version", run.options().mathVersion().label())
                .endFigures();
        if (!verdict.spark().ruleWords().isEmpty()) {
            page.raw("<p class=\"soft\">")
                    .text("Spark: " + verdict.spark().ruleWords() + ".")
                    .raw("</p>\n");
        }
    }

    private String largest(Cylinder cylinder) {
        CylinderFigures.@Nullable Largest largest =
                verdict.corrections().of(cylinder).largest();
        return largest == null ? "none" : largest.words();
    }

    private String cut(Cylinder cylinder) {
        return verdict.corrections().of(cylinder).ridden().cut().size() + " (clamp "
                + Figures.plain(run.options().number(Option.CLAMP)) + " %)";
    }

    private String accepted(Cylinder cylinder) {
        return run.grids().of(cylinder).accepted() + " of " + run.grids().processed();
    }

    private String covered(Cylinder cylinder) {
        return run.grids().of(cylinder).coveredCells() + " of " + GridAxes.CELLS;
    }
}
