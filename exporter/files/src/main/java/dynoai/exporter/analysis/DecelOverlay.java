package dynoai.exporter.analysis;

import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.DecelZones;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.json.Json;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Extra fuel for closing throttle. Each zone has a base by engine speed and throttle, scaled by severity, plus 0.05 times the
 * likelihood of each likely lean pop, limited to 0.05 to 0.30. The overlay holds percent in the cells of at most 45 kPa within
 * the zones' speeds; the other cells are empty.
 */
public final class DecelOverlay {
    /** By zone: engine speed by throttle. */
    private static final double[] BASE = {
        .22, .17, .10,
        .18, .12, .08,
        .12, .08, .05,
        .10, .06, .04
    };

    private static final double PER_LIKELY_POP = 0.05;
    private static final double MIN_ENRICHMENT = 0.05;
    private static final double MAX_ENRICHMENT = 0.30;
    private static final double MAX_KPA = 45;
    private static final double TPS_AT_MAX_KPA = 7;

    private final DecelFindings findings;
    private final AnalysisOptions options;

    private DecelOverlay(DecelFindings findings, AnalysisOptions options) {
        this.findings = findings;
        this.options = options;
    }

    /** Returns null unless the option asks for it. */
    public static @Nullable DecelOverlay of(DecelFindings findings, AnalysisOptions options) {
        return findings.isRequested() ? new DecelOverlay(findings, options) : null;
    }

    /** Returns the enrichment in percent. */
    public Grid overlay() {
        double[] cells = Grid.empty();
        for (int cell = 0; cell < cells.length; cell++) {
            int rpm = GridAxes.rpmOfCell(cell);
            int kpa = GridAxes.kpaOfCell(cell);
            if (kpa <= MAX_KPA && DecelZones.covers(rpm)) {
                cells[cell] = enrichmentPercent(DecelZones.zone(rpm, kpa / MAX_KPA * TPS_AT_MAX_KPA));
            }
        }
        return Grid.of(cells);
    }

    /** Returns {@code Decel_Analysis_Report.json}. */
    public byte[] report() {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("severity", severity());
        report.put("rpm_min", options.number(Option.DECEL_RPM_MIN));
        report.put("rpm_max", options.number(Option.DECEL_RPM_MAX));
        report.put("events", findings.events());
        report.put(
                "likely_lean_pops",
                findings.zones().stream()
                        .mapToLong(DecelFindings.ZoneTally::likelyLeanPops)
                        .sum());
        List<Object> zones = new ArrayList<>();
        for (int zone = 0; zone < DecelZones.COUNT; zone++) {
            zones.add(zone(zone));
        }
        report.put("zones", zones);
        List<Object> events = new ArrayList<>();
        findings.first().forEach(event -> events.add(event(event)));
        report.put("first_events", events);
        return Json.write(report);
    }

    private Map<String, @Nullable Object> zone(int zone) {
        DecelFindings.ZoneTally tally = findings.zones().get(zone);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rpm", List.of((long) DecelZones.minRpm(zone), (long) DecelZones.maxRpm(zone)));
        fields.put("tps", List.of((long) DecelZones.minTps(zone), (long) DecelZones.maxTps(zone)));
        fields.put("events", tally.events());
        fields.put("likely_lean_pops", tally.likelyLeanPops());
        fields.put("enrichment_pct", enrichmentPercent(zone));
        return fields;
    }

    private static Map<String, @Nullable Object> event(DecelFindings.Event event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("first_row", event.firstRow());
        fields.put("start_s", event.startSeconds());
        fields.put("duration_ms", event.seconds() * 1000);
        fields.put("steepest_tps_rate", event.steepestRate());
        fields.put("start_rpm", event.startRpm());
        fields.put("start_tps", event.startTps());
        fields.put("highest_afr", Double.isNaN(event.highestAfr()) ? null : event.highestAfr());
        fields.put("lean_pop_likelihood", event.leanPopLikelihood());
        fields.put(
                "zone",
                DecelZones.minRpm(event.zone()) + "-" + DecelZones.maxRpm(event.zone()) + " rpm, "
                        + DecelZones.minTps(event.zone()) + "-" + DecelZones.maxTps(event.zone()) + " %");
        return fields;
    }

    /** Returns the enrichment of a zone in percent. */
    public double enrichmentPercent(int zone) {
        return enrichment(zone) * 100;
    }

    private double enrichment(int zone) {
        double raised = BASE[zone] * scale()
                + PER_LIKELY_POP * findings.zones().get(zone).likelihood();
        return Math.max(MIN_ENRICHMENT, Math.min(MAX_ENRICHMENT, raised));
    }

    private double scale() {
        switch (severity()) {
            case "low":
                return 0.7;
            case "high":
                return 1.3;
            default:
                return 1.0;
        }
    }

    private String severity() {
        return String.valueOf(options.text(Option.DECEL_SEVERITY));
    }
}
