package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.sample.SampleProfile.Fault;
import dynoai.engine.sample.SampleProfile.Flavour;
import dynoai.engine.stored.Verification;
import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.Anomaly;
import dynoai.exporter.diagnose.AnomalyType;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Typical faults of a dyno session: each gives a finding, a warning or a rejection with a code. */
@Tag("long")
class FaultySampleLogsTest {
    private static final int ROWS = 12_000;
    private static final SampleProfile WINPEP = SampleProfile.healthy(Flavour.WINPEP, 5);

    @TempDir
    Path work;

    private AnalysisResult healthy;

    @BeforeEach
    void analyzeHealthy() throws Exception {
        healthy = analyze(WINPEP);
        assertThat(healthy.diagnostics().message()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"WINPEP, WINPEP", "POWER_VISION, POWERVISION", "GENERIC, GENERIC"})
    void healthyLog_isRecognisedAndAccepted(Flavour flavour, LogFormat format) throws Exception {
        // When
        AnalysisResult analysis = analyze(SampleProfile.healthy(flavour, 5));
        // Then
        assertThat(analysis.description().format()).isEqualTo(format);
        assertThat(analysis.grids().front().accepted()).isGreaterThan(ROWS / 2);
        assertThat(analysis.grids().rear().accepted()).isGreaterThan(ROWS / 2);
    }

    @Test
    void leanFront_raisesTheFrontOnly() throws Exception {
        // When
        AnalysisResult analysis = analyze(WINPEP.with(Fault.LEAN_FRONT));
        // Then
        assertThat(mean(analysis.kernels().front().rawCorrection())
                        - mean(healthy.kernels().front().rawCorrection()))
                .isCloseTo(8, within(1.0));
        assertThat(analysis.grids().rear()).isEqualTo(healthy.grids().rear());
    }

    @Test
    void richRear_isAnImbalance() throws Exception {
        // When
        AnalysisResult analysis = analyze(WINPEP.with(Fault.LEAN_FRONT).with(Fault.RICH_REAR));
        // Then
        assertThat(mean(analysis.kernels().rear().rawCorrection())
                        - mean(healthy.kernels().rear().rawCorrection()))
                .isCloseTo(-8, within(1.0));
        assertThat(analysis.diagnostics().anomalies())
                .extracting(Anomaly::type)
                .contains(AnomalyType.CYLINDER_IMBALANCE);
    }

    @Test
    void knock_isAClusterAndPullsSpark() throws Exception {
        // When
        AnalysisResult analysis = analyze(WINPEP.with(Fault.KNOCK));
        // Then
        assertThat(analysis.diagnostics().anomalies()).extracting(Anomaly::type).contains(AnomalyType.KNOCK_CLUSTER);
        assertThat(least(analysis.kernels().front().spark())).isNegative();
        assertThat(least(healthy.kernels().front().spark())).isZero();
    }

    @Test
    void hotIntake_increasesTheRearRule() throws Exception {
        // When
        AnalysisResult analysis = analyze(WINPEP.with(Fault.HOT_IAT));
        // Then
        int cell = GridAxes.cell(3000, 80);
        assertThat(analysis.kernels().rear().spark().at(cell)).isEqualTo(-3.0);
        assertThat(healthy.kernels().rear().spark().at(cell)).isEqualTo(-2.0);
    }

    @Test
    void dropouts_areCountedAndTheRestIsUsed() throws Exception {
        // When
        AnalysisResult analysis = analyze(WINPEP.with(Fault.DROPOUTS));
        // Then
        assertThat(analysis.grids().rowsRead()).isEqualTo(ROWS);
        assertThat(analysis.grids().unreadable()).isBetween(1L, ROWS / 10L);
        assertThat(analysis.grids().front().accepted())
                .isBetween(
                        healthy.grids().front().accepted() * 8 / 10,
                        healthy.grids().front().accepted());
        assertThat(analysis.diagnostics().message()).isNull();
    }

    @Test
    void deadRearWideband_leavesTheRearEmptyAndTheFrontUnchanged() throws Exception {
        // When
        AnalysisResult analysis = analyze(WINPEP.with(Fault.DEAD_WIDEBAND));
        // Then
        assertThat(analysis.grids().rear().accepted()).isZero();
        assertThat(analysis.grids().front()).isEqualTo(healthy.grids().front());
        assertThat(analysis.kernels().combined().clamped())
                .isEqualTo(analysis.kernels().front().delta().clamped());
    }

    @Test
    void deadOnlyWideband_isAWarning() throws Exception {
        // When
        AnalysisResult analysis =
                analyze(SampleProfile.healthy(Flavour.GENERIC, 5).with(Fault.DEAD_WIDEBAND));
        // Then
        assertThat(analysis.grids().front().accepted()).isZero();
        assertThat(analysis.diagnostics().message())
                .contains("No row was accepted")
                .contains("AFR Measured")
                .contains("always 5.10");
    }

    @Test
    void mapInInches_reachesTheSameCells() throws Exception {
        // When
        AnalysisResult analysis = analyze(WINPEP.with(Fault.MAP_IN_INHG));
        // Then
        assertThat(analysis.description().conversions()).anyMatch(conversion -> conversion.contains("inHg"));
        assertNearlySameCoverage(analysis);
    }

    @Test
    void rpmInThousands_reachesTheSameCells() throws Exception {
        // When
        AnalysisResult analysis = analyze(WINPEP.with(Fault.RPM_IN_THOUSANDS));
        // Then
        assertThat(analysis.description().conversions()).anyMatch(conversion -> conversion.contains("1000"));
        assertNearlySameCoverage(analysis);
    }

    @Test
    void celsius_passesTheSameGates() throws Exception {
        // When
        AnalysisResult analysis = analyze(WINPEP.with(Fault.CELSIUS));
        // Then
        assertThat(analysis.description().conversions()).isNotEmpty();
        assertThat(analysis.grids()
                        .front()
                        .gates()
                        .get(Gate.IAT_OUT_OF_RANGE.ordinal())
                        .rows())
                .isZero();
        assertThat(analysis.grids().front().peakIat().at(GridAxes.cell(3000, 80)))
                .isCloseTo(healthy.grids().front().peakIat().at(GridAxes.cell(3000, 80)), within(0.2));
    }

    @Test
    void mapInUnnamedInches_isRejected() throws Exception {
        // When
        LogRejectedException refused = refused(WINPEP.with(Fault.MAP_IN_INHG_UNNAMED));
        // Then
        assertThat(refused.rejection().code()).isEqualTo(FailureCode.UNIT_SUSPECT);
        assertThat(refused).hasMessageContaining("MAP_kPa");
        assertThat(refused.rejection().hint()).isNotBlank();
    }

    @Test
    void wrongHeader_isRejectedWithTheColumnsFound() throws Exception {
        // When
        LogRejectedException refused = refused(WINPEP.with(Fault.WRONG_HEADER));
        // Then
        assertThat(refused.rejection().code()).isEqualTo(FailureCode.MISSING_COLUMNS);
        assertThat(refused).hasMessageContaining("Channel 14").hasMessageContaining("manifold pressure");
    }

    /** Covers all faults, including new ones. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = Mode.EXCLUDE,
            names = {"MAP_IN_INHG_UNNAMED", "WRONG_HEADER"})
    void everyOtherFault_givesACompleteRunInEveryFlavour(Fault fault) throws Exception {
        for (Flavour flavour : Flavour.values()) {
            // When
            AnalysisResult analysis = analyze(SampleProfile.healthy(flavour, 5).with(fault));
            // Then
            RunGrids grids = analysis.grids();
            for (Cylinder cylinder : Cylinder.values()) {
                assertThat(grids.of(cylinder).gates().stream()
                                .mapToLong(RunGrids.GateTally::rows)
                                .sum())
                        .as(flavour + " " + cylinder)
                        .isEqualTo(grids.processed());
            }
            boolean blind = fault == Fault.DEAD_WIDEBAND && flavour == Flavour.GENERIC;
            assertThat(grids.front().accepted() == 0).as(flavour + " is empty").isEqualTo(blind);
            boolean lost = grids.front().accepted() == 0 || grids.rear().accepted() == 0;
            assertThat(analysis.diagnostics().message() != null)
                    .as(flavour + " has a message")
                    .isEqualTo(lost);
            assertThat(lost).as(flavour + " lost a cylinder").isIn(false, fault == Fault.DEAD_WIDEBAND);
        }
    }

    private void assertNearlySameCoverage(AnalysisResult analysis) {
        long moved = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            moved += Math.abs(analysis.grids().front().coverage().get(cell)
                    - healthy.grids().front().coverage().get(cell));
        }
        assertThat(analysis.grids().front().accepted())
                .isCloseTo(healthy.grids().front().accepted(), within(ROWS / 1000L));
        assertThat(moved).as("rows at a bin's edge that rounding moved").isLessThan(ROWS / 100);
    }

    private AnalysisResult analyze(SampleProfile profile) throws Exception {
        Path log = Files.write(work.resolve("log.csv"), SampleLogs.bytes(profile, ROWS));
        RunTarget target = RunTarget.exactly(work.resolve("run"));
        AnalysisResult analysis = BatchAnalysis.ofSystemTime()
                .analyze(new RunRequest(log, AnalysisOptions.defaults(), target, 2), bytes -> {})
                .analysis();
        assertThat(Verification.of(work.resolve("run")).findings()).isEmpty();
        return analysis;
    }

    private LogRejectedException refused(SampleProfile profile) throws Exception {
        Path log = Files.write(work.resolve("log.csv"), SampleLogs.bytes(profile, 500));
        RunTarget target = RunTarget.exactly(work.resolve("refused"));
        LogRejectedException refused = catchThrowableOfType(
                LogRejectedException.class,
                () -> BatchAnalysis.ofSystemTime()
                        .analyze(new RunRequest(log, AnalysisOptions.defaults(), target, 2), bytes -> {}));
        assertThat(refused).as("must be refused").isNotNull();
        assertThat(work.resolve("refused")).doesNotExist();
        return refused;
    }

    private static double mean(Grid grid) {
        double sum = 0;
        int count = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (!grid.isEmpty(cell)) {
                sum += grid.at(cell);
                count++;
            }
        }
        return sum / count;
    }

    private static double least(Grid grid) {
        double least = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            least = Math.min(least, grid.at(cell));
        }
        return least;
    }
}
