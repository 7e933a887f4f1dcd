package dynoai.exporter.kernel;

import static dynoai.schemas.grid.GridAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import org.junit.jupiter.api.Test;

class KnockRetardTest {
    private static final KnockRetard DEFAULTS = new KnockRetard(2.0, -1.0);
    private static final Grid COOL = Grid.EMPTY;

    @Test
    void frontCellWithoutData_isNotPulled() {
        // When
        Grid spark = DEFAULTS.suggest(Cylinder.FRONT, Grid.EMPTY, COOL);
        // Then
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            assertThat(spark.at(cell)).isEqualTo(0.0);
        }
    }

    @Test
    void knock_pullsByItsSizeWithinBounds() {
        // Given knock below the threshold, at it, in the middle and beyond the scale
        Grid knock = Cells.at(4000, 35, 0.49)
                .and(4000, 50, 0.5)
                .and(4000, 65, 1.5)
                .and(4000, 80, 3.0)
                .and(4000, 95, 9.0)
                .grid();
        // When
        Grid spark = DEFAULTS.suggest(Cylinder.FRONT, knock, COOL);
        // Then
        assertThat(spark)
                .hasCell(4000, 35)
                .withDegrees(0.0)
                .hasCell(4000, 50)
                .withDegrees(-0.5)
                .hasCell(4000, 65)
                .withDegrees(-1.0)
                .hasCell(4000, 80)
                .withDegrees(-2.0)
                .hasCell(4000, 95)
                .withDegrees(-2.0);
    }

    @Test
    void hotAir_addsOnlyWhereItKnocks() {
        // Given
        Grid knock = Cells.at(4000, 80, 3.0).and(4000, 95, 0.0).grid();
        Grid iat = Cells.at(4000, 80, 120.0).and(4000, 95, 140.0).grid();
        // When
        Grid spark = DEFAULTS.suggest(Cylinder.FRONT, knock, iat);
        // Then
        assertThat(spark).hasCell(4000, 80).withDegrees(-2.5).hasCell(4000, 95).withDegrees(0.0);
    }

    @Test
    void rearRule_reachesItsBandOnly() {
        // When
        Grid spark = DEFAULTS.suggest(Cylinder.REAR, Grid.EMPTY, COOL);
        // Then 2800 to 3600 rpm holds the bins 3000 and 3500; 75 to 95 kPa the bins 80 and 95
        assertThat(spark)
                .hasCell(3000, 80)
                .withDegrees(-2.0)
                .hasCell(3500, 95)
                .withDegrees(-2.0)
                .hasCell(2500, 80)
                .withDegrees(0.0)
                .hasCell(4000, 95)
                .withDegrees(0.0)
                .hasCell(3000, 65)
                .withDegrees(0.0);
    }

    @Test
    void rearRule_addsUpWithKnockAndHeat() {
        // Given
        Grid knock = Cells.at(3000, 80, 3.0).grid();
        Grid iat = Cells.at(3000, 80, 150.0)
                .and(3500, 80, 120.0)
                .and(4000, 80, 150.0)
                .grid();
        // When
        Grid spark = DEFAULTS.suggest(Cylinder.REAR, knock, iat);
        // Then
        assertThat(spark)
                .hasCell(3000, 80)
                .withDegrees(-5.5)
                .hasCell(3500, 80)
                .withDegrees(-3.0)
                .hasCell(4000, 80)
                .withDegrees(0.0);
    }

    @Test
    void rearRule_ignoresItsSign() {
        // When
        Grid spark = new KnockRetard(-1.5, 0.0).suggest(Cylinder.REAR, Grid.EMPTY, COOL);
        // Then
        assertThat(spark).hasCell(3000, 80).withDegrees(-1.5);
    }

    @Test
    void positiveHotExtra_isAnError() {
        // When / Then
        assertThatThrownBy(() -> new KnockRetard(2.0, 0.1)).isInstanceOf(IllegalArgumentException.class);
    }
}
