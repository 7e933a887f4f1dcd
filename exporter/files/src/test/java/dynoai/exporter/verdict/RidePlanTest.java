package dynoai.exporter.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.SampleRun;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RidePlanTest {
    @Test
    void holeBetweenCoveredCells_comesBeforeTheRim() {
        // Given all four neighbours of 3000 rpm, 65 kPa
        Grid ring = SampleRun.only(2500, 65, 20);
        for (int[] at : new int[][] {{3500, 65}, {3000, 50}, {3000, 80}}) {
            ring = SampleRun.with(ring, at[0], at[1], 20);
        }

        // When
        RidePlan plan = plan(ring, ring);

        // Then 2000 to 4000 rpm is one band: one pull passes the firm cells between
        assertThat(plan.bands().get(0).words()).isEqualTo("65 kPa, 2000 to 4000 rpm: 25 s in fourth");
        assertThat(plan.bands().get(0).settles()).isEqualTo("3 cells get their 10 samples.");
        assertThat(plan.score(GridAxes.cell(3000, 65))).isEqualTo(100);
        assertThat(plan.bands()).extracting(RideBand::score).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(plan.rank(GridAxes.cell(3000, 65))).isEqualTo(1);
    }

    @Test
    void weakCell_missesTheRestOfTenSamples() {
        // When
        RidePlan plan = plan(SampleRun.only(6500, 35, 7), SampleRun.only(6500, 35, 7));

        // Then
        assertThat(band(plan, 35).place()).isEqualTo("35 kPa, 6000 to 6500 rpm");
        assertThat(plan.score(GridAxes.cell(6500, 35))).isEqualTo(3);
    }

    @Test
    void farCorners_areNotListed() {
        // When
        RidePlan plan = plan(SampleRun.only(3000, 65, 10), SampleRun.only(3000, 65, 10));

        // Then
        assertThat(plan.bands().stream().mapToInt(band -> band.cells().size()).sum())
                .isEqualTo(5);
        assertThat(plan.bands()).extracting(RideBand::kpa).containsExactlyInAnyOrder(50, 65, 80);
    }

    @Test
    void cellCoveredForOneCylinderOnly_isStillMissing() {
        // Given
        Grid both = SampleRun.only(3000, 65, 20);

        // When
        RidePlan plan = plan(SampleRun.with(both, 3500, 65, 20), both);

        // Then
        assertThat(plan.score(GridAxes.cell(3500, 65))).isEqualTo(40);
    }

    @Test
    void restlessCell_needsMoreRowsThanASteadyOne() {
        // Given 20 rows whose errors spread by ± 5 %
        Ridden restless = new Ridden(rows(SampleRun.filled(20)), SampleRun.only(3000, 95, 5.0), Set.of());

        // When
        RidePlan plan = RidePlan.of(restless, Ridden.NOTHING, 2);

        // Then
        assertThat(plan.bands()).hasSize(1);
        assertThat(plan.bands().get(0).words()).isEqualTo("95 kPa, 3000 rpm: 20 s in fourth");
        assertThat(plan.bands().get(0).settles()).isEqualTo("1 cell with a spread of up to ± 5.00 % settles.");
    }

    @Test
    void cutCell_isRiddenAgainWithTheNewTable() {
        // Given
        Ridden cut = new Ridden(rows(SampleRun.filled(20)), Grid.EMPTY, Set.of(GridAxes.cell(4500, 65)));

        // When
        RidePlan plan = RidePlan.of(cut, cut, Double.NaN);

        // Then
        assertThat(plan.bands().get(0).words()).isEqualTo("65 kPa, 4500 rpm: 5 s in fourth");
        assertThat(plan.bands().get(0).settles())
                .isEqualTo("1 cell cut by the clamp shows what remains, once the new table is in.");
    }

    @Test
    void nothingCovered_saysWhereToBegin() {
        // When
        RidePlan plan = RidePlan.of(Ridden.NOTHING, Ridden.NOTHING, 10);

        // Then
        assertThat(plan.bands()).isEmpty();
        assertThat(plan.otherwise()).contains("Begin in the working area");
    }

    private static RideBand band(RidePlan plan, int kpa) {
        return plan.bands().stream()
                .filter(band -> band.kpa() == kpa)
                .findFirst()
                .orElseThrow();
    }

    private static RidePlan plan(Grid front, Grid rear) {
        return RidePlan.of(
                new Ridden(rows(front), Grid.EMPTY, Set.of()), new Ridden(rows(rear), Grid.EMPTY, Set.of()), 10);
    }

    private static List<Long> rows(Grid grid) {
        return IntStream.range(0, GridAxes.CELLS)
                .mapToObj(cell -> grid.isEmpty(cell) ? 0L : (long) grid.at(cell))
                .toList();
    }
}
