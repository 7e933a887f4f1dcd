package dynoai.exporter.report;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.exporter.report.html.Legend;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        @Nullable Verdict verdict = run.verdict();
        if (verdict != null) {
            warnings(page, verdict);
        }
        page.beginFigures();
        if (verdict != null) {
            for (Cylinder cylinder : Cylinder.values()) {
                CylinderFigures own = verdict.corrections().of(cylinder);
                CylinderFigures.@Nullable Largest largest = own.largest();
                page.figure(cylinder.title() + ", largest correction", largest == null ? "none" : largest.words())
                        .figure(
                                "Cells cut by the clamp, " + cylinder.key(),
                                Integer.toString(own.ridden().cut().size()));
            }
            page.figure("Knock", verdict.spark().knockWords());
        }
        page.figure("Made", run.createdAt())
                .figure("Shop, vehicle", run.shop() + ", " + run.vehicle())
                .figure("Log", HtmlPage.cut(run.log()))
                .figure("Rows read", Long.toString(run.rowsRead()))
                .figure("Accepted, front and rear", run.acceptedFront() + " and " + run.acceptedRear())
                .figure(
                        "Cells covered, front and rear",
                        run.covered(Cylinder.FRONT) + " and " + run.covered(Cylinder.REAR) + " of " + GridAxes.CELLS)
                .figure("Anomalies", Long.toString(run.anomalies()))
                .figure("Math version", run.mathVersion())
                .endFigures();
        if (verdict != null) {
            tables(page, run, verdict);
        }
        options(page, run);
        return page.bytes(run.appVersion());
    }

    private static void warnings(HtmlPage page, Verdict verdict) {
        if (verdict.corrections().isThin()) {
            page.warning(verdict.corrections().thinWords() + ".");
        }
        if (!verdict.spark().knock().isEmpty()) {
            page.warning(verdict.spark().knockWords() + ".");
        }
    }

    private static void tables(HtmlPage page, StoredRun run, Verdict verdict) {
        HeatScale scale = StoredTables.scale(run);
        page.section("VE correction in percent");
        Legend.leanAndRich(page, scale);
        page.raw("<div class=\"pair\">\n");
        for (Cylinder cylinder : Cylinder.values()) {
            page.raw("<div>\n");
            StoredTables.delta(page, cylinder.title() + " cylinder", run.delta(cylinder), scale);
            page.raw("</div>\n");
        }
        page.raw("</div>\n")
                .heading("The mean of both cylinders")
                .paragraph(verdict.mean().reason());
        if (verdict.mean().offered()) {
            StoredTables.delta(page, "Mean of front and rear", run.combined(), scale);
        }
        page.section("Coverage and where to ride next");
        if (verdict.ride().bands().isEmpty()) {
            page.paragraph(verdict.ride().otherwise());
        } else {
            page.list(verdict.ride().bands().stream()
                    .map(band -> band.words() + ". " + band.settles())
                    .toList());
        }
        StoredTables.coverage(page, run);
    }

    private static void options(HtmlPage page, StoredRun run) {
        List<List<String>> rows = new ArrayList<>();
        run.options().forEach((option, value) -> rows.add(List.of(option, HtmlPage.cut(value))));
        page.section("Options").table("Options of this run", List.of("Option", "Value"), rows);
    }
}
