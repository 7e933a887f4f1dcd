package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HtmlPage;
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
        new CorrectionSection(run, report.page).write();
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
    }

    private void figures() {
        RunGrids grids = run.grids();
        int anomalies = run.diagnostics().anomalies().size();
        page.beginFigures()
                .figure("Rows read", Long.toString(grids.rowsRead()))
                .figure("Accepted, front", accepted(Cylinder.FRONT))
                .figure("Accepted, rear", accepted(Cylinder.REAR))
                .figure("Cells covered, front", covered(Cylinder.FRONT))
                .figure("Cells covered, rear", covered(Cylinder.REAR))
                .figure("Largest correction", Figures.largest(run.kernels().combined()))
                .figure(
                        "Cells cut by the clamp",
                        run.kernels().combined().clampedCells() + " (clamp "
                                + Figures.plain(run.options().number(Option.CLAMP)) + " %)")
                .figure("Anomalies", anomalies == 0 ? "none" : Integer.toString(anomalies))
                .figure("Math version", run.options().mathVersion().label())
                .endFigures();
    }

    private String accepted(Cylinder cylinder) {
        return run.grids().of(cylinder).accepted() + " of " + run.grids().processed();
    }

    private String covered(Cylinder cylinder) {
        return run.grids().of(cylinder).coveredCells() + " of " + GridAxes.CELLS;
    }
}
