package dynoai.exporter.kernel;

import static dynoai.schemas.grid.GridAssert.assertThat;

import dynoai.schemas.grid.Grid;
import org.junit.jupiter.api.Test;

class CenterWeightedBlendTest {

    @Test
    void loneCell_keepsItsValue() {
        // When
        Grid blended = Grid.of(CenterWeightedBlend.apply(Cells.at(1500, 35, 4.0).array()));
        // Then
        assertThat(blended).hasOnlyCell(1500, 35).withPercent(4.0);
    }

    @Test
    void neighbours_areBlendedInPlace() {
        // Given
        Cells cells = Cells.at(3000, 65, 0.0).and(3000, 80, 9.0);
        // When
        Grid blended = Grid.of(CenterWeightedBlend.apply(cells.array()));
        // Then the first: 0.2 × 9 / 2.25 = 0.8; the second sees 0.8: 0.2 × (11.25 + 0.8) / 2.25 + 0.8 × 9
        assertThat(blended)
                .hasCell(3000, 65)
                .withPercentNear(0.8, 1e-15)
                .hasCell(3000, 80)
                .withPercentNear(8.271111111111111, 1e-14)
                .hasEmptyCell(3000, 95);
    }
}
