package dynoai.exporter.report;

import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HeatTable;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;

/** Tables of runs that were read back from their folders. */
final class StoredTables {
    /** The percentage with the strongest colour; it does not depend on the clamp, so that runs are comparable. */
    static final double FULL_PERCENT = 7;

    private StoredTables() {}

    static HeatScale scale(StoredRun run) {
        return run.isReplay() ? HeatScale.leanBelow(FULL_PERCENT) : HeatScale.leanAbove(FULL_PERCENT);
    }

    static void delta(HtmlPage page, String caption, Grid grid, HeatScale scale) {
        if (grid.isEmpty()) {
            page.heading(caption).paragraph("No cell has a value.");
            return;
        }
        new HeatTable(caption, cell -> Figures.percent(grid.at(cell)), cell -> scale.style(grid.at(cell))).into(page);
    }

    static void coverage(HtmlPage page, StoredRun run) {
        page.raw("<div class=\"pair\">\n");
        for (Cylinder cylinder : Cylinder.values()) {
            Grid samples = run.coverage(cylinder);
            page.raw("<div>\n");
            new HeatTable(
                            cylinder.title() + " cylinder, samples per cell",
                            cell -> samples.at(cell) > 0 ? Figures.plain(samples.at(cell)) : "",
                            cell -> samples.at(cell) > 0
                                    ? CoverageSection.step((long) samples.at(cell))
                                    : HeatScale.NONE)
                    .into(page);
            page.raw("</div>\n");
        }
        page.raw("</div>\n");
    }

    static String largest(StoredRun run) {
        return Double.isNaN(run.largestPercent()) ? "none" : Figures.number(run.largestPercent(), 2, false) + " %";
    }
}
