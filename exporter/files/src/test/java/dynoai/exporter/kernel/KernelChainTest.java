package dynoai.exporter.kernel;

import static dynoai.schemas.grid.GridAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.SampleRun;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelChainTest {

    @Test
    void leanPull_raisesOnlyItsOwnCell() throws Exception {
        // Given
        RunGrids grids = new SampleRun()
                .corr(SampleRun.only(3000, 80, 4.5), SampleRun.only(3000, 80, 4.5))
                .grids();
        // When
        KernelResult result = run(grids);
        // Then
        assertThat(result.combined().clamped()).hasOnlyCell(3000, 80).withPercent(4.5);
    }

    @Test
    void combinedDelta_isTheMeanWhileEachCylinderKeepsItsOwn() throws Exception {
        // Given
        RunGrids grids = new SampleRun()
                .corr(SampleRun.only(3000, 80, 4.5), SampleRun.only(3000, 80, -4.5))
                .grids();
        // When
        KernelResult result = run(grids);
        // Then
        assertThat(result.combined().clamped()).hasOnlyCell(3000, 80).withPercent(0.0);
        assertThat(result.front().delta().clamped()).hasOnlyCell(3000, 80).withPercent(4.5);
        assertThat(result.rear().delta().clamped()).hasOnlyCell(3000, 80).withPercent(-4.5);
    }

    @Test
    void oneCylinderAlone_standsForBoth() throws Exception {
        // Given
        RunGrids grids =
                new SampleRun().corr(SampleRun.only(3000, 80, 4.5), Grid.EMPTY).grids();
        // When
        KernelResult result = run(grids);
        // Then
        assertThat(result.combined().clamped()).hasOnlyCell(3000, 80).withPercent(4.5);
        assertThat(result.rear().delta().clamped()).isEmpty();
    }

    @Test
    void clamp_limitsAndMarksCells() throws Exception {
        // Given
        Grid corr = SampleRun.with(SampleRun.only(3000, 80, 9.0), 6000, 35, -30.0);
        // When
        Delta delta = run(new SampleRun().corr(corr, corr).grids()).combined();
        // Then
        assertThat(delta.clamped())
                .hasCell(3000, 80)
                .withPercent(7.0)
                .hasCell(6000, 35)
                .withPercent(-7.0);
        assertThat(delta.clampedCells()).isEqualTo(2);
        assertThat(delta.isClamped(GridAxes.cell(3000, 80))).isTrue();
        assertThat(delta.largestPercent()).isEqualTo(7.0);
    }

    @Test
    void rearBias_reachesItsBandOfTheRearAndTheMean() throws Exception {
        // Given cells in and outside of 2500-3800 rpm x 65-95 kPa, too far apart to be neighbours
        Grid corr = SampleRun.with(SampleRun.only(3000, 80, 4.0), 4000, 80, 4.0);
        // When
        KernelResult result = run(new SampleRun().corr(corr, corr).grids(), "rear_bias", "0.5");
        // Then
        assertThat(result.rear().delta().clamped()).hasCell(3000, 80).withPercent(4.5);
        assertThat(result.rear().delta().clamped()).hasCell(4000, 80).withPercent(4.0);
        assertThat(result.combined().clamped()).hasCell(3000, 80).withPercent(4.25);
        assertThat(result.front().delta().clamped()).hasCell(3000, 80).withPercent(4.0);
        assertThat(result.rear().rawCorrection()).hasCell(3000, 80).withPercent(4.5);
        assertThat(result.rear().error()).hasCell(3000, 80).withPercent(-4.0);
    }

    @Test
    void replayedRearBias_reachesTheErrorMapAndTheAnomaliesButNoDelta() throws Exception {
        // Given
        Grid corr = SampleRun.only(3000, 80, 4.0);
        RunGrids grids = new SampleRun().corr(corr, corr).grids();
        // When
        KernelResult result = run(grids, "rear_bias", "0.5", "math_version", "toolkit-1.2");
        // Then
        assertThat(result.rear().delta().clamped()).hasOnlyCell(3000, 80).withPercent(4.0);
        assertThat(result.combined().clamped()).hasOnlyCell(3000, 80).withPercent(4.0);
        assertThat(result.rear().rawCorrection()).hasOnlyCell(3000, 80).withPercent(4.5);
        assertThat(result.rear().error()).hasOnlyCell(3000, 80).withPercent(-3.5);
    }

    @Test
    void cellsWithFewerSamplesThanTheMinimum_areEmptyAfterTheKernels() throws Exception {
        // Given both cylinders with 6 samples per cell, 12 together where both have a value
        Grid front = SampleRun.with(SampleRun.only(3000, 80, 2.0), 3000, 65, 4.0);
        RunGrids grids = new SampleRun()
                .corr(front, SampleRun.only(3000, 80, 2.0))
                .samplesPerCell(6)
                .grids();
        // When
        KernelResult all = run(grids);
        KernelResult enough = run(grids, "min_samples", "7");
        // Then
        assertThat(enough.combined().clamped())
                .hasOnlyCell(3000, 80)
                .withPercent(all.combined().clamped().at(GridAxes.cell(3000, 80)));
        assertThat(enough.front().delta().clamped()).isEmpty();
        assertThat(enough.rear().delta().clamped()).isEmpty();
        assertThat(enough.combined().smoothed()).isEqualTo(all.combined().smoothed());
        assertThat(enough.front().error()).isEqualTo(all.front().error());
    }

    @Test
    void anyRun_staysWithinItsClampAndInItsCells() throws Exception {
        // Given
        Random seeded = new Random(20260301);
        for (int round = 0; round < 2000; round++) {
            Grid front = SampleRun.random(seeded, seeded.nextDouble(), 40);
            Grid rear = SampleRun.random(seeded, seeded.nextDouble(), 4);
            double clamp = 5 + seeded.nextInt(16);
            String passes = String.valueOf(seeded.nextInt(6));
            RunGrids grids = new SampleRun().corr(front, rear).grids();
            // When
            KernelResult result = run(grids, "clamp", String.valueOf(clamp), "smooth_passes", passes);
            // Then
            for (Delta delta : new Delta[] {
                result.combined(), result.front().delta(), result.rear().delta()
            }) {
                for (int cell = 0; cell < GridAxes.CELLS; cell++) {
                    double percent = delta.clamped().at(cell);
                    assertThat(Double.isNaN(percent)).isEqualTo(delta.input().isEmpty(cell));
                    assertThat(Math.abs(percent) > clamp).isFalse();
                }
            }
            for (double degrees : result.rear().spark().toArray()) {
                assertThat(degrees).isLessThanOrEqualTo(0.0);
            }
        }
    }

    private static KernelResult run(RunGrids grids, String... options) throws InvalidOptionException {
        Map<String, String> given = new java.util.LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        return new KernelChain(AnalysisOptions.of(given)).run(grids);
    }
}
