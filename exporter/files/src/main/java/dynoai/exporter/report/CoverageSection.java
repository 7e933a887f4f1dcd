package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HeatTable;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.List;

/** The samples of each cell, and where to ride next. */
final class CoverageSection {
    private final AnalysisResult run;
    private final HtmlPage page;
    private final List<RideNext.Target> targets;
    private final int[] rank = new int[GridAxes.CELLS];

    CoverageSection(AnalysisResult run, HtmlPage page) {
        this.run = run;
        this.page = page;
        targets = RideNext.of(run.grids());
        for (int i = 0; i < targets.size(); i++) {
            rank[targets.get(i).cell()] = i + 1;
        }
    }

    void write() {
        page.section("Coverage and where to ride next");
        RunGrids grids = run.grids();
        if (grids.rowsOutsideGrid() > 0) {
            boolean one = grids.rowsOutsideGrid() == 1;
            page.paragraph(grids.rowsOutsideGrid() + (one ? " row lies" : " rows lie")
                    + " beyond the grid (below 1250 or above 6750 rpm, below 27.5"
                    + " or above 102.5 kPa). "
                    + (run.options().flag(Option.INSIDE_GRID)
                            ? (one ? "It is" : "They are") + " left out (inside_grid)."
                            : one
                                    ? "It is counted in an edge cell; --inside-grid leaves it out."
                                    : "They are counted in its edge cells; --inside-grid leaves them out."));
        }
        if (targets.isEmpty()) {
            page.paragraph(
                    grids.front().coveredCells() + grids.rear().coveredCells() == 0
                            ? "No cell has a sample. Begin in the working area, 2000-4500 rpm and 50-80 kPa, at steady"
                                    + " throttle."
                            : "Every cell that can be reached from the covered ones has " + Diagnostics.ENOUGH_SAMPLES
                                    + " samples or more.");
        } else {
            rideNext();
        }
        page.raw("<div class=\"pair\">\n");
        for (Cylinder cylinder : Cylinder.values()) {
            page.raw("<div>\n");
            coverage(cylinder);
            page.raw("</div>\n");
        }
        page.raw("</div>\n");
    }

    private void rideNext() {
        page.paragraph("Ride these cells next, the most useful first. Score: missing samples (of "
                + Diagnostics.ENOUGH_SAMPLES
                + ") × (1 + covered neighbours), twice that in the working area (2000-4500 rpm, 50-80 kPa)."
                + " In the tables below they carry their number and a dashed frame.");
        List<List<String>> rows = new ArrayList<>();
        for (RideNext.Target target : targets) {
            rows.add(List.of(
                    "#" + rank[target.cell()],
                    Figures.place(target.cell()),
                    Long.toString(target.missing()),
                    Integer.toString(target.coveredNeighbours()),
                    target.inWorkingArea() ? "yes" : "no",
                    Long.toString(target.score())));
        }
        page.table(
                "Cells to ride next",
                List.of("", "Cell", "Samples missing", "Covered neighbours", "Working area", "Score"),
                rows);
    }

    private void coverage(Cylinder cylinder) {
        List<Long> samples = run.grids().of(cylinder).coverage();
        new HeatTable(cylinder.title() + " cylinder, samples per cell", cell -> count(samples.get(cell)), cell -> {
                    String frame = rank[cell] > 0 ? " ride" : "";
                    return (samples.get(cell) == 0 ? HeatScale.NONE : step(samples.get(cell))) + frame;
                })
                .detail(cell -> rank[cell] > 0 ? "ride #" + rank[cell] : "")
                .into(page);
    }

    private static String count(long samples) {
        return samples == 0 ? "" : Long.toString(samples);
    }

    /** Returns the style class; each step has three times the samples of the one before. */
    static String step(long samples) {
        int step = 1;
        for (long bound = Diagnostics.ENOUGH_SAMPLES; step < 6 && samples >= bound; bound *= 3) {
            step++;
        }
        return "s" + step + (samples < Diagnostics.ENOUGH_SAMPLES ? " weak" : "");
    }
}
