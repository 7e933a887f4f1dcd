package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.kernel.Delta;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HeatTable;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.exporter.report.html.Legend;
import dynoai.exporter.verdict.Ridden;
import dynoai.exporter.verdict.Trust;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.option.Option;

/** The correction tables: of each cylinder, then their mean if it may be used. */
final class CorrectionSection {
    private final AnalysisResult run;
    private final Verdict verdict;
    private final HtmlPage page;
    private final HeatScale scale;

    CorrectionSection(AnalysisResult run, Verdict verdict, HtmlPage page) {
        this.run = run;
        this.verdict = verdict;
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
        page.paragraph(
                "Percent of VE per cell, after smoothing and clamp. "
                        + (run.options().mathVersion().isReplay()
                                ? "In this replay version the sign is inverted: a negative cell is lean."
                                : "A positive cell is lean and asks for more fuel, a negative one is rich.")
                        + " The small lines are the samples, the spread of their errors, and the value that the clamp has cut.");
        if (run.weakCells() > 0) {
            page.paragraph(run.weakCellsNote() + ".");
        }
        Legend.leanAndRich(page, scale);
        Legend.marks(page);
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
        mean();
    }

    private void table(Cylinder cylinder) {
        Ridden ridden = verdict.corrections().of(cylinder).ridden();
        Delta delta = run.kernels().of(cylinder).delta();
        new HeatTable(
                        cylinder.title() + " cylinder",
                        cell -> Figures.percent(delta.clamped().at(cell)),
                        cell -> style(delta, cell, ridden.trust(cell)))
                .detail(cell -> detail(delta, cell, samples(ridden, cell)))
                .into(page);
    }

    /** Shows the mean of both cylinders only where it may be used. */
    private void mean() {
        page.heading("The mean of both cylinders").paragraph(verdict.mean().reason());
        if (!verdict.mean().offered()) {
            return;
        }
        Ridden front = verdict.corrections().front().ridden();
        Ridden rear = verdict.corrections().rear().ridden();
        Delta delta = run.kernels().combined();
        new HeatTable(
                        "Mean of front and rear, samples front + rear",
                        cell -> Figures.percent(delta.clamped().at(cell)),
                        cell -> style(delta, cell, lower(front.trust(cell), rear.trust(cell))))
                .detail(cell -> detail(
                        delta,
                        cell,
                        front.rows().get(cell) + " + " + rear.rows().get(cell)))
                .into(page);
    }

    private static Trust lower(Trust one, Trust other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static String samples(Ridden ridden, int cell) {
        String rows = Long.toString(ridden.rows().get(cell));
        return ridden.mad().isEmpty(cell)
                ? rows
                : rows + " ± " + Figures.number(ridden.mad().at(cell), 2, false);
    }

    private String style(Delta delta, int cell, Trust trust) {
        if (delta.clamped().isEmpty(cell)) {
            return HeatScale.NONE;
        }
        return scale.style(delta.clamped().at(cell))
                + (delta.isClamped(cell) ? " clamped" : "")
                + (trust == Trust.FIRM ? "" : trust == Trust.SCATTERED ? " scattered" : " weak");
    }

    private static String detail(Delta delta, int cell, String samples) {
        if (delta.clamped().isEmpty(cell)) {
            return "";
        }
        return delta.isClamped(cell)
                ? samples + "\ncut from " + Figures.percent(delta.smoothed().at(cell))
                : samples;
    }
}
