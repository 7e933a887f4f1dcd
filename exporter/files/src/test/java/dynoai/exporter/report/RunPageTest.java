package dynoai.exporter.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.SampleRun;
import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.KernelChain;
import dynoai.exporter.kernel.KernelResult;
import dynoai.schemas.grid.CylinderBalance;
import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.DecelFindings.ZoneTally;
import dynoai.schemas.grid.DecelZones;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.grid.TimelineWindow.CylinderWindow;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogDescription.Source;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.option.AnalysisOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunPageTest {
    private static final String HOSTILE = "<script>alert('rpm')</script>\"&amp;\u202Egpj.exe\u0000\uD800";

    @Test
    void balanceAndDecel_areShownOnlyIfRequested() throws Exception {
        // Given one cell whose rear is 1.2 AFR leaner, and one likely lean pop
        RunGrids sane = new SampleRun().grids();
        List<Long> readings = new ArrayList<>(Collections.nCopies(55, 0L));
        readings.set(GridAxes.cell(3000, 80), 3L);
        CylinderBalance balance =
                new CylinderBalance(SampleRun.only(3000, 80, 13), readings, SampleRun.only(3000, 80, 14.2), readings);
        List<ZoneTally> zones = new ArrayList<>(Collections.nCopies(DecelZones.COUNT, new ZoneTally(0, 0, 0)));
        zones.set(0, new ZoneTally(2, 1, 0.5));
        RunGrids grids = new RunGrids(
                sane.rowsRead(),
                sane.unreadable(),
                0,
                sane.front(),
                sane.rear(),
                sane.battery(),
                sane.timeline(),
                balance,
                new DecelFindings(2, List.of(), zones));
        Map<String, String> asked = Map.of("balance_cylinders", "true", "decel_management", "true");
        // When
        String page = new String(RunPage.render(run(grids, description(), asked)), UTF_8);
        String without = new String(RunPage.render(smallRun(Map.of())), UTF_8);
        // Then
        PageCheck.isWellFormedAndSelfContained(page);
        assertThat(page)
                .contains("1 of 1 cells with at least three readings")
                .contains("<th scope=\"row\">3000 rpm, 80 kPa</th><td>13.00</td><td>14.20</td><td>+1.20</td>"
                        + "<td>high</td><td>-3.00</td><td>+3.00</td>")
                .contains("events found: 2, of them likely lean pops: 1")
                .contains("<th scope=\"row\">1500-2500 rpm, 0-2 % throttle</th><td>2</td><td>1</td><td>+24.50</td>");
        assertThat(without).doesNotContain("Cylinder balance", "Closing throttle");
    }

    @Test
    void smallRun_matchesItsGoldenPage() throws Exception {
        // Given a lean front and a rich rear, one cell beyond the clamp
        String page = new String(RunPage.render(smallRun(Map.of())), UTF_8);
        // When
        String golden = GoldenPage.text("run.html", page);
        // Then
        assertThat(page).isEqualTo(golden);
    }

    @Test
    void clampedCell_showsItsValueBeforeTheClamp() throws Exception {
        // When
        String page = new String(RunPage.render(smallRun(Map.of())), UTF_8);
        // Then
        assertThat(page).contains("<td class=\"high5 clamped\">+7.00<small>20 ± 0.50\ncut from +12.00</small></td>");
    }

    @Test
    void headline_isTheValueBeforeTheClampOfEachCylinder() throws Exception {
        // When
        String page = new String(RunPage.render(smallRun(Map.of())), UTF_8);
        // Then
        assertThat(page)
                .contains("<dt>Front, largest correction</dt><dd>+12.00 % at 4000 rpm, 80 kPa (the clamp cuts it to"
                        + " +7.00 %)</dd>")
                .contains("<dt>Cells cut by the clamp, rear</dt><dd>1 (clamp 7 %)</dd>")
                .contains("knock found: front at 3000 rpm, 80 kPa, 3.0° of retard; take 2.00° out")
                .contains("standing rear rule: 2.00° out of the rear")
                .contains("Front and rear differ by 6.60 % at 3000 rpm, 80 kPa: their mean fits neither of them.")
                .doesNotContain("<caption>Mean of front and rear");
    }

    @Test
    void fill_showsHowFarACellCanBeTrusted() throws Exception {
        // Given
        Grid one = SampleRun.only(3000, 80, 4.55);
        RunGrids few = new SampleRun().samplesPerCell(9).corr(one, one).grids();
        // When
        String page = new String(RunPage.render(run(few, description(), Map.of())), UTF_8);
        // Then
        assertThat(page)
                .contains("<td class=\"high4 weak\">+4.55<small>9 ± 0.50</small></td>")
                .contains("thin data: 2 of 2 covered cells, front and rear, have fewer than 10 samples.");
    }

    @Test
    void samePage_inAnyLocaleAndAnyTime() throws Exception {
        // Given
        Locale locale = Locale.getDefault();
        byte[] first = RunPage.render(smallRun(Map.of()));
        // When
        byte[] second;
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            second = RunPage.render(smallRun(Map.of()));
        } finally {
            Locale.setDefault(locale);
        }
        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void hostileHeaders_areEscaped() throws Exception {
        // Given
        LogDescription hostile = new LogDescription(
                LogFormat.UNKNOWN,
                "UTF-8",
                "comma",
                List.of(HOSTILE, "x".repeat(100_000)),
                List.of(new Source(Channel.RPM, "column", HOSTILE, "")),
                true,
                true,
                false,
                List.of("rpm: " + HOSTILE),
                List.of(HOSTILE),
                0,
                false,
                List.of());
        // When
        String page = new String(RunPage.render(run(new SampleRun().grids(), hostile, Map.of())), UTF_8);
        // Then
        PageCheck.isWellFormedAndSelfContained(page);
        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;rpm&#39;)&lt;/script&gt;&quot;&amp;amp;\uFFFDgpj.exe\uFFFD\uFFFD")
                .doesNotContain("<script", "\u202E", "\u0000", "x".repeat(200));
    }

    @Test
    void page_refersToNoOtherFile() throws Exception {
        PageCheck.isWellFormedAndSelfContained(new String(RunPage.render(smallRun(Map.of())), UTF_8));
    }

    @Test
    void runWithoutAcceptedRows_warnsWhy() throws Exception {
        // Given
        RunGrids nothing = new SampleRun().grids();
        // When
        String page = new String(RunPage.render(run(nothing, description(), Map.of())), UTF_8);
        // Then
        PageCheck.isWellFormedAndSelfContained(page);
        assertThat(page)
                .contains(
                        "Attention:</strong> No row was accepted",
                        "No cell has a correction.",
                        "No row was processed.");
    }

    @Test
    void replayVersion_warnsAndKeepsLeanAmber() throws Exception {
        // Given
        Map<String, String> replay = Map.of("math_version", "toolkit-1.2");
        // When
        String page = new String(RunPage.render(smallRun(replay)), UTF_8);
        // Then
        assertThat(page)
                .contains("Attention:</strong> math version toolkit-1.2", "a negative cell is lean")
                .contains("<td class=\"low5 clamped\">+7.00<small>20 ± 0.50\ncut from +12.00</small></td>");
    }

    @Test
    void hugeNumbers_doNotBreakThePage() throws Exception {
        // Given
        CylinderWindow wild = new CylinderWindow(3, 1e300, -1e300, 1e300, Double.POSITIVE_INFINITY);
        List<TimelineWindow> timeline = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            timeline.add(new TimelineWindow(i, 1 + i, 1, 0, 1e300, Double.POSITIVE_INFINITY, -1e300, wild, wild));
        }
        RunGrids sane = new SampleRun()
                .corr(SampleRun.only(3000, 80, 1e200), SampleRun.only(3000, 80, -1e-200))
                .knock(SampleRun.only(3000, 80, 1e12), Grid.EMPTY)
                .grids();
        RunGrids wildRun =
                new RunGrids(Long.MAX_VALUE, 1, Long.MAX_VALUE, sane.front(), sane.rear(), sane.battery(), timeline);
        // When
        String page = new String(RunPage.render(run(wildRun, description(), Map.of())), UTF_8);
        // Then
        PageCheck.isWellFormedAndSelfContained(page);
        assertThat(page).contains("5000 windows").containsPattern("cut from [0-9.]+E200");
        assertThat(page.length()).isLessThan(200_000);
    }

    @Test
    void pathsOfBaseTables_areNotShown() throws Exception {
        // When
        String page = new String(RunPage.render(smallRun(Map.of("base_front", "/secret/place/front.csv"))), UTF_8);
        // Then
        assertThat(page).doesNotContain("secret");
    }

    static AnalysisResult smallRun(Map<String, String> options) throws Exception {
        Grid front = SampleRun.with(SampleRun.only(3000, 80, 4.55), 4000, 80, 12);
        Grid rear = SampleRun.with(SampleRun.only(3000, 80, -2.05), 4000, 80, 12);
        RunGrids grids = new SampleRun()
                .corr(front, rear)
                .knock(SampleRun.only(3000, 80, 3), Grid.EMPTY)
                .grids();
        return run(grids, description(), options);
    }

    private static AnalysisResult run(RunGrids grids, LogDescription description, Map<String, String> given)
            throws Exception {
        AnalysisOptions options = AnalysisOptions.of(given);
        KernelResult kernels = new KernelChain(options).run(grids);
        return new AnalysisResult(
                new AnalysisResult.InputLog("0123456789abcdef".repeat(4), 4711),
                BaseTables.NONE,
                options,
                description,
                grids,
                kernels,
                Diagnostics.of(description, options, grids, kernels),
                "1.0.0");
    }

    private static LogDescription description() {
        return new LogDescription(
                LogFormat.WINPEP,
                "UTF-8",
                "comma",
                List.of("RPM", "MAP_kPa", "Torque", "AFR Cmd F", "AFR Meas F"),
                List.of(
                        new Source(Channel.RPM, "column", "RPM", ""),
                        new Source(Channel.MEASURED_AFR_FRONT, "column", "AFR Meas F", ""),
                        new Source(Channel.MEASURED_AFR_FRONT, "lambda", "Lambda 1", "")),
                true,
                true,
                true,
                List.of("rpm: 'RPM' is in thousands, multiplied by 1000"),
                List.of(),
                0,
                false,
                List.of());
    }
}
