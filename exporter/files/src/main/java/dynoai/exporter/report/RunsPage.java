package dynoai.exporter.report;

import dynoai.exporter.report.html.HtmlPage;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page of many runs: per shop and vehicle the convergence and coverage, and the rejected logs. */
public final class RunsPage {
    private final HtmlPage page;
    private final List<StoredRun> runs;

    private RunsPage(String period, List<StoredRun> runs) {
        this.page = new HtmlPage("Runs " + period);
        this.runs = runs;
    }

    /**
     * A log that was rejected.
     *
     * @param day ISO 8601 date of the rejection
     */
    public record RejectedLog(String day, String log, String code, String reason) {}

    /**
     * @param period the days of the page in words
     * @param runs in order of time
     */
    public static byte[] render(String period, List<StoredRun> runs, List<RejectedLog> rejected, String appVersion) {
        RunsPage report = new RunsPage(period, runs);
        long failed = runs.stream().filter(run -> !run.ok()).count();
        report.page
                .beginFigures()
                .figure("Runs", Integer.toString(runs.size()))
                .figure("Failed", Long.toString(failed))
                .figure("Rejected logs", Integer.toString(rejected.size()))
                .endFigures();
        if (runs.isEmpty()) {
            report.page.paragraph("No run was made in this time.");
        }
        report.vehicles().forEach(report::vehicle);
        report.rejected(rejected);
        return report.page.bytes(appVersion);
    }

    private Map<String, List<StoredRun>> vehicles() {
        Map<String, List<StoredRun>> vehicles = new TreeMap<>();
        for (StoredRun run : runs) {
            vehicles.computeIfAbsent(run.shop() + ", " + run.vehicle(), name -> new ArrayList<>())
                    .add(run);
        }
        return vehicles;
    }

    private void vehicle(String name, List<StoredRun> own) {
        page.section(name);
        List<StoredRun> good = own.stream().filter(StoredRun::ok).toList();
        if (!good.isEmpty()) {
            page.paragraph(convergence(good));
            ConvergenceChart.draw(page, good);
        }
        List<List<String>> rows = new ArrayList<>();
        int number = 0;
        for (StoredRun run : own) {
            rows.add(List.of(
                    run.ok() ? Integer.toString(++number) : "failed",
                    run.createdAt(),
                    run.runId(),
                    HtmlPage.cut(run.log()),
                    run.mathVersion(),
                    run.ok() ? StoredTables.largest(run) : run.message(),
                    run.ok() ? Long.toString(run.clampedCells()) : "",
                    run.covered(Cylinder.FRONT) + " + " + run.covered(Cylinder.REAR),
                    Long.toString(run.anomalies())));
        }
        page.table(
                "Iterations",
                List.of(
                        "No.",
                        "Made",
                        "Run",
                        "Log",
                        "Math",
                        "Largest correction",
                        "Clamped",
                        "Cells of " + GridAxes.CELLS + ", front + rear",
                        "Anomalies"),
                rows);
    }

    private static String convergence(List<StoredRun> good) {
        StoredRun last = good.get(good.size() - 1);
        String now = "Largest correction of the latest run: " + StoredTables.largest(last);
        if (good.size() == 1) {
            return now + ".";
        }
        StoredRun first = good.get(0);
        if (Double.isNaN(first.largestPercent()) || Double.isNaN(last.largestPercent())) {
            return now + ", after " + good.size() + " runs.";
        }
        String course = last.largestPercent() < first.largestPercent()
                ? "it converges"
                : last.largestPercent() > first.largestPercent() ? "it grows" : "it stands still";
        return now + ", of the first: " + StoredTables.largest(first) + "; over " + good.size() + " runs " + course
                + ".";
    }

    private void rejected(List<RejectedLog> logs) {
        if (logs.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (RejectedLog log : logs) {
            rows.add(List.of(log.day(), HtmlPage.cut(log.log()), log.code(), log.reason()));
        }
        page.section("Rejected logs").table("Rejected, and why", List.of("Day", "Log", "Code", "Reason"), rows);
    }
}
