package dynoai.exporter.kernel;

import static dynoai.schemas.grid.GridAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.grid.Grid;
import org.junit.jupiter.api.Test;

class GradientLimitedSmoothingTest {

    @Test
    void emptyGrid_staysEmpty() {
        // When
        Grid smoothed = smooth(2, 1.0, new Cells());
        // Then
        assertThat(smoothed).isEmpty();
    }

    @Test
    void loneCell_keepsItsValue() {
        // When
        Grid smoothed = smooth(2, 1.0, Cells.at(3000, 80, 0.7));
        // Then
        assertThat(smoothed).hasOnlyCell(3000, 80).withPercent(0.7);
    }

    @Test
    void secondCell_seesTheFirstOneAlreadySmoothed() {
        // Given two cells side by side, half a percent apart: below the threshold, one pass each
        Cells cells = Cells.at(3000, 65, 0.0).and(3000, 80, 0.5);
        // When
        Grid smoothed = smooth(1, 1.0, cells);
        // Then
        assertThat(smoothed)
                .hasCell(3000, 65)
                .withPercent(0.25)
                .hasCell(3000, 80)
                .withPercent(0.375);
    }

    @Test
    void passes_repeatWithTheCellsOwnNewValue() {
        // Given
        Cells cells = Cells.at(3000, 65, 0.0).and(3000, 80, 0.5);
        // When
        Grid smoothed = smooth(2, 1.0, cells);
        // Then (0 + .5) / 2 = .25, (.25 + .5) / 2 = .375; then (.5 + .375) / 2 = .4375, (.4375 + .375) / 2 = .40625
        assertThat(smoothed)
                .hasCell(3000, 65)
                .withPercent(0.375)
                .hasCell(3000, 80)
                .withPercent(0.40625);
    }

    @Test
    void neighbours_areAddedUpDownLeftRight() {
        // Given neighbours whose sum depends on the order they are added in
        double up = 1.0e16;
        double down = 1.0;
        double left = -1.0e16;
        double right = 1.0;
        Cells cells =
                Cells.at(2500, 65, up).and(3500, 65, down).and(3000, 50, left).and(3000, 80, right);
        // When
        double sum = Neighbours.addTo(0.0, cells.array(), dynoai.schemas.grid.GridAxes.cell(3000, 65));
        // Then 1e16 + 1 is 1e16 again, minus 1e16 is 0, plus 1 is 1
        assertThat(sum).isEqualTo(1.0);
    }

    @Test
    void corners_haveTwoNeighbours() {
        // Given
        double[] full = new double[dynoai.schemas.grid.GridAxes.CELLS];
        // When
        int corner = Neighbours.count(full, 54);
        int edge = Neighbours.count(full, 2);
        int inner = Neighbours.count(full, 27);
        // Then
        assertThat(new int[] {corner, edge, inner}).containsExactly(2, 3, 4);
    }

    @Test
    void rowEnd_isNotANeighbourOfTheNextRowsStart() {
        // Given the last cell of one row and the first of the next
        Cells cells = Cells.at(3000, 95, 0.0).and(3500, 35, 0.5);
        // When
        Grid smoothed = smooth(2, 1.0, cells);
        // Then
        assertThat(smoothed)
                .hasCell(3000, 95)
                .withPercent(0.0)
                .hasCell(3500, 35)
                .withPercent(0.5);
    }

    @Test
    void threePercentAndMore_keepsItsValue() {
        // Given a slope under the threshold, so that only the number of passes decides
        Cells cells = Cells.at(3000, 65, 3.0).and(3000, 80, 3.5);
        // When
        Grid smoothed = smooth(5, 1.0, cells);
        // Then
        assertThat(smoothed)
                .hasCell(3000, 65)
                .withPercent(3.0)
                .hasCell(3000, 80)
                .withPercent(3.5);
    }

    @Test
    void passesBetween_areRoundedHalfToEven() {
        // Given magnitude 1.5 and 2 passes: 2 × 0.75 = 1.5 rounds to 2; magnitude 2.5: 2 × 0.25 = 0.5 rounds to 0
        Cells two = Cells.at(3000, 65, 1.5).and(3000, 80, 1.0);
        Cells none = Cells.at(3000, 65, 2.5).and(3000, 80, 3.0);
        // When
        Grid smoothedTwice = smooth(2, 1.0, two);
        Grid untouched = smooth(2, 1.0, none);
        // Then (1.5 + 1) / 2 = 1.25, (1.25 + 1) / 2 = 1.125
        assertThat(smoothedTwice).hasCell(3000, 65).withPercent(1.125);
        assertThat(untouched).hasCell(3000, 65).withPercent(2.5);
    }

    @Test
    void slopeAboveTheThreshold_blendsInTheInput() {
        // Given a slope of 1.5 with threshold 1: f = 1.5 / 2 = 0.75
        Cells cells = Cells.at(3000, 65, -0.5).and(3000, 80, 1.0);
        // When
        Grid smoothed = smooth(1, 1.0, cells);
        // Then the first is smoothed to 0.25: 0.25 × 0.25 + 0.75 × −0.5; the second to 0.625: 0.25 × 0.625 + 0.75 × 1
        assertThat(smoothed)
                .hasCell(3000, 65)
                .withPercent(-0.3125)
                .hasCell(3000, 80)
                .withPercent(0.90625);
    }

    @Test
    void slopeOfTwiceTheThreshold_keepsTheInput() {
        // Given
        Cells cells = Cells.at(3000, 65, -1.0).and(3000, 80, 1.0);
        // When
        Grid smoothed = smooth(2, 1.0, cells);
        // Then
        assertThat(smoothed)
                .hasCell(3000, 65)
                .withPercent(-1.0)
                .hasCell(3000, 80)
                .withPercent(1.0);
    }

    @Test
    void slopeAtTheThreshold_isNotSteep() {
        // Given a slope of exactly 1
        Cells cells = Cells.at(3000, 65, 0.0).and(3000, 80, 1.0);
        // When
        Grid smoothed = smooth(1, 1.0, cells);
        // Then
        assertThat(smoothed)
                .hasCell(3000, 65)
                .withPercent(0.5)
                .hasCell(3000, 80)
                .withPercent(0.75);
    }

    private static Grid smooth(int passes, double threshold, Cells cells) {
        return Grid.of(new GradientLimitedSmoothing(passes, threshold).apply(cells.array()));
    }
}
