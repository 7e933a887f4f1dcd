package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HeatTable;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.exporter.report.html.Legend;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;

/** AFR error maps and spark suggestions of both cylinders. */
final class MapsSection {
    private final AnalysisResult run;
    private final HtmlPage page;

    MapsSection(AnalysisResult run, HtmlPage page) {
        this.run = run;
        this.page = page;
    }

    void write() {
        page.section("AFR error")
                .paragraph(
                        "How far the measured AFR is above the commanded one, in percent: + is lean, as in the corrections."
                                + " As measured: no smoothing, no clamp. The files have the opposite sign, (commanded − measured)"
                                + " / measured. The small line is the median absolute deviation: a wide one means a restless cell.");
        HeatScale error = HeatScale.leanAbove(HeatScale.FULL_ERROR_PERCENT);
        Legend.leanAndRich(page, error);
        pair(
                cylinder -> run.kernels().of(cylinder).error().map(percent -> 0.0 - percent),
                (cylinder, grid) -> new HeatTable(
                                cylinder.title() + " cylinder, % AFR error",
                                cell -> Figures.percent(grid.at(cell)),
                                cell -> error.style(grid.at(cell)))
                        .detail(cell -> deviation(cylinder, cell))
                        .into(page));
        page.section("Spark suggestion")
                .paragraph("Degrees, advice only: nothing applies it, and it never adds advance. The small line is the"
                        + " highest knock retard the log shows in the cell. Cells of the rear cylinder without one have"
                        + " the standing rule, which does not depend on the log.");
        HeatScale retard = HeatScale.magnitude(HeatScale.FULL_SPARK_DEG);
        pair(
                cylinder -> run.kernels().of(cylinder).spark(),
                (cylinder, grid) -> new HeatTable(
                                cylinder.title() + " cylinder, degrees",
                                cell -> Figures.percent(grid.at(cell)),
                                cell -> retard.style(grid.at(cell)))
                        .detail(cell -> knock(cylinder, cell))
                        .into(page));
    }

    private interface GridOf {
        Grid of(Cylinder cylinder);
    }

    private interface Drawing {
        void draw(Cylinder cylinder, Grid grid);
    }

    private void pair(GridOf grids, Drawing drawing) {
        page.raw("<div class=\"pair\">\n");
        for (Cylinder cylinder : Cylinder.values()) {
            page.raw("<div>\n");
            if (grids.of(cylinder).isEmpty()) {
                page.heading(cylinder.title() + " cylinder").paragraph("No cell has a value.");
            } else {
                drawing.draw(cylinder, grids.of(cylinder));
            }
            page.raw("</div>\n");
        }
        page.raw("</div>\n");
    }

    private String deviation(Cylinder cylinder, int cell) {
        Grid mad = run.grids().of(cylinder).mad();
        return mad.isEmpty(cell) ? "" : "± " + Figures.number(mad.at(cell), 2, false);
    }

    private String knock(Cylinder cylinder, int cell) {
        Grid knock = run.grids().of(cylinder).peakKnock();
        return knock.isEmpty(cell) || knock.at(cell) == 0 ? "" : "knock " + Figures.number(knock.at(cell), 1, false);
    }
}
