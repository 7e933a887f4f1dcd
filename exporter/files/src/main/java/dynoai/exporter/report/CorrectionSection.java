package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.Delta;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HeatTable;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.exporter.report.html.Legend;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.option.Option;
import java.util.List;

/** The correction tables: of both cylinders, then of each. */
final class CorrectionSection {
    private final AnalysisResult run;
    private final HtmlPage page;
    private final HeatScale scale;

    CorrectionSection(AnalysisResult run, HtmlPage page) {
        this.run = run;
        this.page = page;
        double clamp = run.options().number(Option.CLAMP);
        scale = run.options().mathVersion().isReplay() ? HeatScale.leanBelow(clamp) : HeatScale.leanAbove(clamp);
    }

    void write() {
        page.section("VE correction");
        if (run.kernels().combined().clamped().isEmpty()) {
            page.paragraph("No cell has a correction.");
            return;
        }
        boolean replay = run.options().mathVersion().isReplay();
        page.paragraph("Percent of VE per cell, after smoothing and clamp. "
                + (replay
                        ? "In this replay version the sign is inverted: a negative cell is lean."
                        : "A positive cell is lean and asks for more fuel, a negative one is rich.")
                + " The small line counts the samples.");
        if (run.weakCells() > 0) {
            page.paragraph(run.weakCellsNote() + ".");
        }
        Legend.leanAndRich(page, replay);
        Legend.marks(page);
        both();
        page.raw("<div class=\"pair\">\n");
        for (Cylinder cylinder : Cylinder.values()) {
            page.raw("<div>\n");
            if (run.kernels().of(cylinder).delta().clamped().isEmpty()) {
                page.heading(cylinder.title() + " cylinder").paragraph("No cell has a correction.");
            } else {
                table(cylinder);
            }
            page.raw("</div>\n");
        }
        page.raw("</div>\n");
    }

    private void table(Cylinder cylinder) {
        List<Long> samples = run.grids().of(cylinder).coverage();
        Delta delta = run.kernels().of(cylinder).delta();
        new HeatTable(
                        cylinder.title() + " cylinder",
                        cell -> Figures.percent(delta.clamped().at(cell)),
                        cell -> style(delta, cell, isWeak(samples, cell)))
                .detail(cell -> detail(delta, cell, Long.toString(samples.get(cell))))
                .into(page);
    }

    private void both() {
        List<Long> front = run.grids().front().coverage();
        List<Long> rear = run.grids().rear().coverage();
        Delta delta = run.kernels().combined();
        new HeatTable(
                        "Both cylinders: the mean of front and rear, samples front + rear",
                        cell -> Figures.percent(delta.clamped().at(cell)),
                        cell -> style(delta, cell, isWeak(front, cell) || isWeak(rear, cell)))
                .detail(cell -> detail(delta, cell, front.get(cell) + " + " + rear.get(cell)))
                .into(page);
    }

    private String style(Delta delta, int cell, boolean weak) {
        if (delta.clamped().isEmpty(cell)) {
            return HeatScale.NONE;
        }
        return scale.style(delta.clamped().at(cell))
                + (delta.isClamped(cell) ? " clamped" : "")
                + (weak ? " weak" : "");
    }

    private static String detail(Delta delta, int cell, String samples) {
        if (delta.clamped().isEmpty(cell)) {
            return "";
        }
        return delta.isClamped(cell)
                ? samples + "\ncut from " + Figures.percent(delta.smoothed().at(cell))
                : samples;
    }

    private static boolean isWeak(List<Long> samples, int cell) {
        return samples.get(cell) > 0 && samples.get(cell) < Diagnostics.ENOUGH_SAMPLES;
    }
}
