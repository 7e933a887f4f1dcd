package dynoai.exporter.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.SampleRun;
import dynoai.exporter.report.RunsPage.RejectedLog;
import dynoai.exporter.verdict.Corrections;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.exporter.verdict.MeanAdvice;
import dynoai.exporter.verdict.Ridden;
import dynoai.exporter.verdict.RidePlan;
import dynoai.exporter.verdict.SparkAdvice;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages of stored runs. */
class StoredPagesTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>&\u202E\"'";

    @Test
    void summary_escapesValuesOfTheFolder() throws Exception {
        // Given
        StoredRun run = run("one", HOSTILE, 7, SampleRun.only(3000, 80, 7));
        // When
        String page = new String(SummaryPage.render(run), UTF_8);
        // Then
        PageCheck.isWellFormedAndSelfContained(page);
        assertThat(page)
                .contains("&lt;img src=x", "<dt>Front, largest correction</dt><dd>+7.00 % at 3000 rpm, 80 kPa</dd>")
                .contains("no knock found", "80 kPa, 2500 to 3500 rpm: 15 s in fourth")
                .doesNotContain("<img", "\u202E");
        assertThat(page.indexOf("Front cylinder")).isLessThan(page.indexOf("Mean of front and rear"));
    }

    @Test
    void comparison_showsBothTablesTheDifferenceAndTheOptionsThatDiffer() throws Exception {
        // Given
        StoredRun before = run("one", "a.csv", 5, SampleRun.with(SampleRun.only(3000, 80, 5), 2000, 50, 1));
        StoredRun after = run("two", "b.csv", 2, SampleRun.with(SampleRun.only(3000, 80, 2), 4000, 50, 1));
        // When
        String page = new String(
                ComparisonPage.render(
                        before,
                        after,
                        List.of("Option clamp: 5 before, " + HOSTILE + " after."),
                        List.of(List.of("args.clamp", HOSTILE, "7.0"))),
                UTF_8);
        // Then
        PageCheck.isWellFormedAndSelfContained(page);
        assertThat(page)
                .contains("3 cells differ.", "<td class=\"low3\">-3.00</td>", ">gone</td>", ">new</td>")
                .contains("<li>Option clamp: 5 before, &lt;img", "Change: after minus before");
        assertThat(page.indexOf("Front cylinder")).isLessThan(page.indexOf("The mean of both cylinders"));
    }

    @Test
    void runs_showConvergencePerVehicle() throws Exception {
        // Given
        List<StoredRun> runs = List.of(
                run("one", "bike", "a.csv", 7, SampleRun.only(3000, 80, 7)),
                run("two", "bike", "b.csv", 2, SampleRun.only(3000, 80, 2)),
                run("three", "other " + HOSTILE, "c.csv", Double.NaN, Grid.EMPTY));
        List<RejectedLog> rejected = List.of(new RejectedLog("2026-03-02", "d.csv", "NO_RPM", HOSTILE));
        // When
        String page = new String(RunsPage.render("of March", runs, rejected, "1.0.0"), UTF_8);
        // Then
        PageCheck.isWellFormedAndSelfContained(page);
        assertThat(page)
                .contains("of the latest run: 2.00 %, of the first: 7.00 %; over 2 runs it converges.")
                .contains("Rejected logs</h2>", "NO_RPM");
        assertThat(page.indexOf("local, bike")).isLessThan(page.indexOf("local, other"));
    }

    @Test
    void noRuns_haveAMessage() throws Exception {
        // When
        String page = new String(RunsPage.render("of March", List.of(), List.of(), "1.0.0"), UTF_8);
        // Then
        PageCheck.isWellFormedAndSelfContained(page);
        assertThat(page).contains("No run was made in this time.");
    }

    private static StoredRun run(String id, String log, double largest, Grid delta) {
        return run(id, "bike", log, largest, delta);
    }

    private static StoredRun run(String id, String vehicle, String log, double largest, Grid delta) {
        return new StoredRun(
                id,
                "local",
                vehicle,
                log,
                "2026-03-01T12:00:00.000Z",
                true,
                "",
                "2.0.0",
                "1.0.0",
                100,
                90,
                80,
                1,
                0,
                largest,
                delta,
                delta,
                delta,
                delta.map(percent -> 20),
                delta.map(percent -> 20),
                Map.of("label", id),
                verdict(delta));
    }

    private static Verdict verdict(Grid delta) {
        List<Long> rows = IntStream.range(0, GridAxes.CELLS)
                .mapToObj(cell -> delta.isEmpty(cell) ? 0L : 20L)
                .toList();
        CylinderFigures own = new CylinderFigures(delta, Grid.EMPTY, new Ridden(rows, Grid.EMPTY, Set.of()));
        return new Verdict(
                new Corrections(own, own),
                new SparkAdvice(List.of(), List.of(), 0, true),
                new MeanAdvice(true, "They agree."),
                RidePlan.of(own.ridden(), own.ridden(), 10));
    }
}
