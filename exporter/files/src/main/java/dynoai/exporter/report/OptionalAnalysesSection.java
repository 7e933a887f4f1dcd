package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.CylinderBalancing;
import dynoai.exporter.analysis.DecelOverlay;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.DecelZones;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cylinder balance and closing throttle, if the options ask for them. */
final class OptionalAnalysesSection {
    private final AnalysisResult run;
    private final HtmlPage page;

    OptionalAnalysesSection(AnalysisResult run, HtmlPage page) {
        this.run = run;
        this.page = page;
    }

    void write() {
        @Nullable CylinderBalancing balancing = CylinderBalancing.of(run.grids().balance(), run.options());
        if (balancing != null) {
            balance(balancing);
        }
        @Nullable DecelOverlay overlay = DecelOverlay.of(run.grids().decel(), run.options());
        if (overlay != null) {
            decel(overlay);
        }
    }

    private void balance(CylinderBalancing balancing) {
        Grid front = balancing.factors(Cylinder.FRONT);
        Grid rear = balancing.factors(Cylinder.REAR);
        List<List<String>> rows = new ArrayList<>();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (balancing.isUneven(cell)) {
                rows.add(List.of(
                        Figures.place(cell),
                        afr(Cylinder.FRONT, cell),
                        afr(Cylinder.REAR, cell),
                        Figures.percent(balancing.imbalance(cell)),
                        balancing.severity(cell),
                        Figures.percent(front.at(cell)),
                        Figures.percent(rear.at(cell))));
            }
        }
        page.section("Cylinder balance")
                .paragraph(rows.size() + " of " + balancing.cellsCompared()
                        + " cells with at least three readings of each cylinder differ by 0.5 AFR or more. Mode "
                        + run.options().text(Option.BALANCE_MODE)
                        + ". The factors are advice, in percent of VE; nothing applies them.");
        if (!rows.isEmpty()) {
            page.table(
                    "Imbalanced cells: mean measured AFR, rear minus front, and the factors that even it out",
                    List.of("Cell", "Front AFR", "Rear AFR", "Rear − front", "Severity", "Front %", "Rear %"),
                    rows);
        }
    }

    private String afr(Cylinder cylinder, int cell) {
        return Figures.number(run.grids().balance().afr(cylinder).at(cell), 2, false);
    }

    private void decel(DecelOverlay overlay) {
        DecelFindings findings = run.grids().decel();
        long likely = findings.zones().stream()
                .mapToLong(DecelFindings.ZoneTally::likelyLeanPops)
                .sum();
        List<List<String>> rows = new ArrayList<>();
        for (int zone = 0; zone < DecelZones.COUNT; zone++) {
            rows.add(List.of(
                    DecelZones.minRpm(zone) + "-" + DecelZones.maxRpm(zone) + " rpm, " + DecelZones.minTps(zone) + "-"
                            + DecelZones.maxTps(zone) + " % throttle",
                    Long.toString(findings.zones().get(zone).events()),
                    Long.toString(findings.zones().get(zone).likelyLeanPops()),
                    Figures.percent(overlay.enrichmentPercent(zone))));
        }
        page.section("Closing throttle")
                .paragraph(
                        "Closing-throttle events found: " + findings.events() + ", of them likely lean pops: " + likely
                                + ". The fuel below, severity " + run.options().text(Option.DECEL_SEVERITY)
                                + ", is advice for a decel table; nothing applies it.")
                .table(
                        "Enrichment by zone, in percent",
                        List.of("Zone", "Events", "Likely lean pops", "Enrichment %"),
                        rows);
    }
}
