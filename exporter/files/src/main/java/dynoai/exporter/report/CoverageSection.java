package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HeatTable;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.exporter.verdict.RideBand;
import dynoai.exporter.verdict.RidePlan;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.List;

/** The samples of each cell, and where to ride next. */
final class CoverageSection {
    private final AnalysisResult run;
    private final HtmlPage page;
    private final RidePlan ride;

    CoverageSection(AnalysisResult run, RidePlan ride, HtmlPage page) {
        this.run = run;
        this.page = page;
        this.ride = ride;
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
        if (ride.bands().isEmpty()) {
            page.paragraph(ride.otherwise());
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
        page.paragraph(
                "Ride these bands next, the most useful first: by missing samples, wide spread and the clamp, holes"
                        + " before the rim, and twice that in the working area (2000-4500 rpm, 50-80 kPa). A log does not name"
                        + " its gear; any gear that holds the band will do. In the tables below the cells carry the number of"
                        + " their band and a dashed frame.");
        List<List<String>> rows = new ArrayList<>();
        for (RideBand band : ride.bands()) {
            rows.add(List.of("#" + (rows.size() + 1), band.words(), band.settles()));
        }
        page.table("Bands to ride next", List.of("", "Band", "What one more pull settles"), rows);
    }

    private void coverage(Cylinder cylinder) {
        List<Long> samples = run.grids().of(cylinder).coverage();
        new HeatTable(cylinder.title() + " cylinder, samples per cell", cell -> count(samples.get(cell)), cell -> {
                    String frame = ride.rank(cell) > 0 ? " ride" : "";
                    return (samples.get(cell) == 0 ? HeatScale.NONE : step(samples.get(cell))) + frame;
                })
                .detail(cell -> ride.rank(cell) > 0 ? "ride #" + ride.rank(cell) : "")
                .into(page);
    }

    private static String count(long samples) {
        return samples == 0 ? "" : Long.toString(samples);
    }

    /** Returns the style class; each step has three times the samples of the one before. */
    static String step(long samples) {
        int step = 1;
        for (long bound = Diagnostics.ENOUGH_SAMPLES; step < 5 && samples >= bound; bound *= 3) {
            step++;
        }
        return "s" + step + (samples < Diagnostics.ENOUGH_SAMPLES ? " weak" : "");
    }
}
