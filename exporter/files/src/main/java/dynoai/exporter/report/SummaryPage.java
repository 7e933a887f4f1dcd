package dynoai.exporter.report;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.exporter.report.html.Legend;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.List;

/** The one-sheet summary of a run folder. */
public final class SummaryPage {
    private SummaryPage() {}

    public static byte[] render(StoredRun run) {
        HtmlPage page = new HtmlPage("Run " + run.runId());
        if (!run.ok()) {
            page.warning("This run failed: " + run.message());
        } else if (!run.message().isEmpty()) {
            page.warning(run.message());
        }
        if (run.isReplay()) {
            page.warning(Diagnostics.REPLAY_WARNING);
        }
        page.beginFigures()
                .figure("Made", run.createdAt())
                .figure("Shop, vehicle", run.shop() + ", " + run.vehicle())
                .figure("Log", HtmlPage.cut(run.log()))
                .figure("Rows read", Long.toString(run.rowsRead()))
                .figure("Accepted, front and rear", run.acceptedFront() + " and " + run.acceptedRear())
                .figure(
                        "Cells covered, front and rear",
                        run.covered(Cylinder.FRONT) + " and " + run.covered(Cylinder.REAR) + " of " + GridAxes.CELLS)
                .figure("Largest correction", StoredTables.largest(run))
                .figure("Cells cut by the clamp", Long.toString(run.clampedCells()))
                .figure("Anomalies", Long.toString(run.anomalies()))
                .figure("Math version", run.mathVersion())
                .endFigures();
        if (run.ok()) {
            tables(page, run);
        }
        options(page, run);
        return page.bytes(run.appVersion());
    }

    private static void tables(HtmlPage page, StoredRun run) {
        HeatScale scale = StoredTables.scale(run);
        page.section("VE correction in percent");
        Legend.leanAndRich(page, run.isReplay());
        StoredTables.delta(page, "Both cylinders", run.combined(), scale);
        page.raw("<div class=\"pair\">\n");
        for (Cylinder cylinder : Cylinder.values()) {
            page.raw("<div>\n");
            StoredTables.delta(page, cylinder.title() + " cylinder", run.delta(cylinder), scale);
            page.raw("</div>\n");
        }
        page.raw("</div>\n").section("Coverage");
        StoredTables.coverage(page, run);
    }

    private static void options(HtmlPage page, StoredRun run) {
        List<List<String>> rows = new ArrayList<>();
        run.options().forEach((option, value) -> rows.add(List.of(option, HtmlPage.cut(value))));
        page.section("Options").table("Options of this run", List.of("Option", "Value"), rows);
    }
}
