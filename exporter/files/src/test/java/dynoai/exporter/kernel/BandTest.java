package dynoai.exporter.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.grid.GridAxes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandTest {

    @ParameterizedTest
    @CsvSource({
        "2500, 65, true",
        "3500, 95, true",
        "3000, 80, true",
        "2000, 80, false",
        "4000, 80, false",
        "3000, 50, false"
    })
    void band_includesItsBounds(int rpm, int kpa, boolean inside) {
        // Given a band whose bounds are bins
        Band band = new Band(2500, 3500, 65, 95);
        // When
        boolean contained = band.contains(GridAxes.cell(rpm, kpa));
        // Then
        assertThat(contained).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({"80, true", "95, false"})
    void band_endsAtItsHighestPressure(int kpa, boolean inside) {
        // Given
        Band band = new Band(1500, 6500, 35, 80);
        // When
        boolean contained = band.contains(GridAxes.cell(3000, kpa));
        // Then
        assertThat(contained).isEqualTo(inside);
    }
}
