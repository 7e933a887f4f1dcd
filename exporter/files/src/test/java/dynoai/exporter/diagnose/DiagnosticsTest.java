package dynoai.exporter.diagnose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.SampleRun;
import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.analysis.RunAnalysis;
import dynoai.exporter.kernel.KernelChain;
import dynoai.exporter.report.DiagnosticsReport;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogDescription.Source;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.option.AnalysisOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private static final LogDescription DESCRIPTION = new LogDescription(
            LogFormat.POWERVISION,
            "UTF-8",
            "comma",
            List.of("RPM", "MAP", "AFR Target", "(PV) WBO2 AFR Front"),
            List.of(
                    new Source(Channel.COMMANDED_AFR_FRONT, "column", "AFR Target", ""),
                    new Source(Channel.MEASURED_AFR_FRONT, "column", "(PV) WBO2 AFR Front", ""),
                    new Source(Channel.IAT_FAHRENHEIT, "column", "IAT", "")),
            true,
            false,
            false,
            List.of("RPM is in thousands: times 1000"),
            List.of(),
            0,
            false,
            List.of());

    @Test
    void runWithAcceptedRows_needsNoMessage() throws Exception {
        // When
        Diagnostics diagnostics = diagnose(new SampleRun().corr(SampleRun.filled(1), SampleRun.filled(1)), Map.of());
        // Then
        assertThat(diagnostics.message()).isNull();
    }

    @Test
    void widebandStuckAtItsSentinel_isNamedWithItsColumnAndValue() throws Exception {
        // Given
        SampleRun run = new SampleRun().gates(gates(Gate.BAD_AFR, new GateTally(120, 5.1, 5.1)));
        // When
        Diagnostics diagnostics = diagnose(run, Map.of());
        // Then
        assertThat(diagnostics.message())
                .startsWith("No row was accepted")
                .contains("120 rows: AFR missing or unusable")
                .contains("(PV) WBO2 AFR Front")
                .contains("AFR Target")
                .contains("always 5.10; accepted: 9 to 18")
                .contains("Rear: no column for the commanded AFR");
    }

    @Test
    void cylinderWithoutAcceptedRows_isNamed() throws Exception {
        // Given
        AnalysisOptions options = AnalysisOptions.of(Map.of("min_coolant", "160"));
        RunGrids front = new SampleRun()
                .corr(SampleRun.filled(1), SampleRun.filled(1))
                .samplesPerCell(9)
                .grids();
        RunGrids stuck = new SampleRun()
                .gates(gates(Gate.BAD_AFR, new GateTally(120, 5.1, 5.1)))
                .grids();
        RunGrids grids =
                new RunGrids(front.rowsRead(), 1, 0, front.front(), stuck.rear(), front.battery(), front.timeline());
        // When
        AnalysisResult result = result(options, grids);
        // Then
        assertThat(result.diagnostics().message())
                .startsWith("No row was accepted for the rear cylinder")
                .contains("always 5.10; accepted: 9 to 18")
                .contains("5.1 is what a wideband without a signal shows")
                .contains("--min-coolant left out no row: the log has no column for the coolant temperature.")
                .doesNotContain("front cylinder");
        assertThat(result.diagnostics().whyEmpty(Cylinder.FRONT)).isEmpty();
        assertThat(result.diagnostics().whyEmpty(Cylinder.REAR))
                .contains("no column for the commanded AFR", "always 5.10");
        assertThat(result.weakCells()).isEqualTo(GridAxes.CELLS);
        assertThat(result.weakCellsNote()).contains("55 cells", "--min-samples 10");
    }

    @Test
    void cellWithRowsAndNoValue_isNamedWithTheColumnToLookAt() throws Exception {
        // Given
        RunGrids sound =
                new SampleRun().corr(SampleRun.filled(1), SampleRun.filled(1)).grids();
        double[] lost = SampleRun.filled(1).toArray();
        lost[GridAxes.cell(3000, 80)] = Double.NaN;
        RunGrids grids = new RunGrids(
                sound.rowsRead(),
                sound.unreadable(),
                0,
                withCorr(sound.front(), Grid.of(lost)),
                sound.rear(),
                sound.battery(),
                sound.timeline());
        AnalysisOptions options = AnalysisOptions.defaults();
        // When
        Diagnostics diagnostics = Diagnostics.of(DESCRIPTION, options, grids, new KernelChain(options).run(grids));
        // Then
        assertThat(diagnostics.message())
                .startsWith("Front: the sums of 3000 rpm x 80 kPa are beyond any number")
                .doesNotContain("Rear");
    }

    @Test
    void nineOfTenRowsFailingTheIatGate_looksLikeCelsius() throws Exception {
        // Given 89 and 90 of 100 rows
        SampleRun fewer = new SampleRun().gates(gates(Gate.IAT_OUT_OF_RANGE, new GateTally(89, 18, 27), 11));
        SampleRun enough = new SampleRun().gates(gates(Gate.IAT_OUT_OF_RANGE, new GateTally(90, 18, 27), 10));
        // When
        Diagnostics none = diagnose(fewer, Map.of());
        Diagnostics celsius = diagnose(enough, Map.of());
        // Then
        assertThat(none.message()).isNull();
        assertThat(celsius.message())
                .contains("looks like Celsius: 90 of 100 rows", "values from 18.00 to 27.00", "--iat-unit c");
    }

    @Test
    void cellsWithFewSamples_areWeak() throws Exception {
        // Given
        Grid one = SampleRun.only(3000, 80, 1.0);
        // When
        Diagnostics nine = diagnose(new SampleRun().corr(one, one).samplesPerCell(9), Map.of());
        Diagnostics ten = diagnose(new SampleRun().corr(one, one).samplesPerCell(10), Map.of());
        // Then
        assertThat(nine.weakFront()).containsExactly(GridAxes.cell(3000, 80));
        assertThat(ten.weakFront()).isEmpty();
    }

    @Test
    void report_listsSourcesAndRowCounts() throws Exception {
        // Given
        SampleRun run =
                new SampleRun().corr(SampleRun.only(3000, 80, 30.0), Grid.EMPTY).samplesPerCell(9);
        // When
        String report = report(run, Map.of());
        // Then
        assertThat(report)
                .contains("Commanded AFR, front:                    column \"AFR Target\"\n")
                .contains("Measured AFR, rear:                      no column\n")
                .contains("Conversion: RPM is in thousands: times 1000\n")
                .contains("Accepted (accepted_wb):                  9\n")
                .contains("Cells cut by the clamp:                  1 (at 7.00 %)\n")
                .contains("  3000 rpm x 80 kPa: 9\n")
                .contains("None found.")
                .doesNotContain("\r")
                .doesNotContain("ATTENTION");
    }

    @Test
    void replayedRun_warnsOfItsSign() throws Exception {
        // When
        String report = report(
                new SampleRun().corr(SampleRun.filled(1), SampleRun.filled(1)), Map.of("math_version", "toolkit-1.2"));
        // Then
        assertThat(report).contains("ATTENTION: math version toolkit-1.2", "inverted");
    }

    private static RunGrids.CylinderGrids withCorr(RunGrids.CylinderGrids of, Grid corr) {
        return new RunGrids.CylinderGrids(
                of.err(),
                corr,
                of.torque(),
                of.hp(),
                of.coverage(),
                of.mad(),
                of.peakKnock(),
                of.peakIat(),
                of.gates());
    }

    private static String report(SampleRun run, Map<String, String> given) throws Exception {
        AnalysisResult result = result(AnalysisOptions.of(given), run.grids());
        return new String(DiagnosticsReport.write(result), UTF_8);
    }

    private static Diagnostics diagnose(SampleRun run, Map<String, String> given) throws Exception {
        AnalysisOptions options = AnalysisOptions.of(given);
        RunGrids grids = run.grids();
        return Diagnostics.of(DESCRIPTION, options, grids, new KernelChain(options).run(grids));
    }

    private static AnalysisResult result(AnalysisOptions options, RunGrids grids) {
        return RunAnalysis.run(
                new AnalysisResult.InputLog("0".repeat(64), 0), BaseTables.NONE, options, DESCRIPTION, grids);
    }

    private static List<GateTally> gates(Gate gate, GateTally tally) {
        return gates(gate, tally, 0);
    }

    private static List<GateTally> gates(Gate gate, GateTally tally, long accepted) {
        List<GateTally> gates = new ArrayList<>();
        for (int i = 0; i < Gate.COUNT; i++) {
            gates.add(new GateTally(0, Double.NaN, Double.NaN));
        }
        gates.set(gate.ordinal(), tally);
        gates.set(Gate.ACCEPTED.ordinal(), new GateTally(accepted, Double.NaN, Double.NaN));
        return gates;
    }
}
