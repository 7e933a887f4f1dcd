package dynoai.exporter.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import org.junit.jupiter.api.Test;

class DeltaTest {

    @Test
    void largestCell_isTheLargestAfterTheClamp() {
        // Given
        Grid corr =
                Cells.at(2000, 50, 3.0).and(5000, 80, -5.0).and(6000, 35, 4.0).grid();
        Delta delta = new Delta(corr, corr, corr);
        // When
        int largest = delta.largestCell();
        // Then
        assertThat(largest).isEqualTo(GridAxes.cell(5000, 80));
        assertThat(delta.largestPercent()).isEqualTo(5.0);
    }

    @Test
    void largestCell_ofSeveralAtTheClampIsTheLargestBeforeIt() {
        // Given
        Grid smoothed =
                Cells.at(2000, 50, 8.0).and(5000, 80, -11.0).and(6000, 35, 9.0).grid();
        Grid clamped =
                Cells.at(2000, 50, 7.0).and(5000, 80, -7.0).and(6000, 35, 7.0).grid();
        Delta delta = new Delta(smoothed, smoothed, clamped);
        // When
        int largest = delta.largestCell();
        // Then
        assertThat(largest).isEqualTo(GridAxes.cell(5000, 80));
    }

    @Test
    void largestCell_ofEqualOnesIsTheFirst() {
        // Given
        Grid corr = Cells.at(2000, 50, 4.0).and(5000, 80, 4.0).grid();
        Delta delta = new Delta(corr, corr, corr);
        // When
        int largest = delta.largestCell();
        // Then
        assertThat(largest).isEqualTo(GridAxes.cell(2000, 50));
    }

    @Test
    void emptyDelta_hasNoLargestCell() {
        // Given
        Delta delta = new Delta(Grid.EMPTY, Grid.EMPTY, Grid.EMPTY);
        // When
        int largest = delta.largestCell();
        // Then
        assertThat(largest).isEqualTo(-1);
        assertThat(delta.largestPercent()).isZero();
    }
}
