package dynoai.exporter.report;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.SampleRun;
import dynoai.exporter.report.RideNext.Target;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import java.util.List;
import org.junit.jupiter.api.Test;

class RideNextTest {
    @Test
    void holeBetweenCoveredCells_comesBeforeTheRim() {
        // Given all four neighbours of 3000 rpm, 65 kPa
        Grid ring = SampleRun.only(2500, 65, 1);
        for (int[] at : new int[][] {{3500, 65}, {3000, 50}, {3000, 80}}) {
            ring = SampleRun.with(ring, at[0], at[1], 1);
        }
        // When
        List<Target> targets = RideNext.of(run(ring, ring, 20));
        // Then
        assertThat(targets.get(0)).isEqualTo(new Target(GridAxes.cell(3000, 65), 10, 4, true));
        assertThat(targets.get(0).score()).isEqualTo(100);
        assertThat(targets).hasSize(9);
        assertThat(targets).extracting(Target::score).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void weakCell_missesTheRestOfTenSamples() {
        // Given
        Grid one = SampleRun.only(6500, 35, 1);
        // When
        List<Target> targets = RideNext.of(run(one, one, 7));
        // Then
        assertThat(targets).contains(new Target(GridAxes.cell(6500, 35), 3, 0, false));
    }

    @Test
    void farCorners_areNotListed() {
        // Given
        Grid one = SampleRun.only(3000, 65, 1);
        // When
        List<Target> targets = RideNext.of(run(one, one, 10));
        // Then
        assertThat(targets)
                .extracting(Target::cell)
                .containsExactly(
                        GridAxes.cell(2500, 65),
                        GridAxes.cell(3000, 50),
                        GridAxes.cell(3000, 80),
                        GridAxes.cell(3500, 65));
    }

    @Test
    void cellCoveredForOneCylinderOnly_isStillMissing() {
        // Given
        Grid both = SampleRun.only(3000, 65, 1);
        // When
        List<Target> targets = RideNext.of(run(SampleRun.with(both, 3500, 65, 1), both, 20));
        // Then
        assertThat(targets).contains(new Target(GridAxes.cell(3500, 65), 10, 1, true));
    }

    @Test
    void nothingCovered_givesNoCell() {
        assertThat(RideNext.of(run(Grid.EMPTY, Grid.EMPTY, 20))).isEmpty();
    }

    private static RunGrids run(Grid front, Grid rear, long samples) {
        return new SampleRun().samplesPerCell(samples).corr(front, rear).grids();
    }
}
