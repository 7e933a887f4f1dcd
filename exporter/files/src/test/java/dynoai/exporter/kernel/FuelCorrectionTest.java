package dynoai.exporter.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.option.MathVersion;
import org.junit.jupiter.api.Test;

class FuelCorrectionTest {

    @Test
    void versionThatIsNotNamed_isTheDefault() {
        // When
        double correction = FuelCorrection.correction(14.0, 13.0);
        // Then
        assertThat(correction).isEqualTo(FuelCorrection.correction(14.0, 13.0, MathVersion.V2_0_0));
    }

    @Test
    void leanReading_raisesFuel() {
        // When
        double ratio = FuelCorrection.correction(13.86, 13.2, MathVersion.V2_0_0);
        double legacy = FuelCorrection.correction(13.2, 13.1, MathVersion.V1_0_0);
        // Then
        assertThat(ratio).isCloseTo(1.05, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(legacy).isCloseTo(1.007, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void replayVersion_hasTheInvertedSign() {
        // When
        double replay = FuelCorrection.correction(13.86, 13.2, MathVersion.TOOLKIT_1_2);
        // Then
        assertThat(replay).isLessThan(1.0);
    }

    @Test
    void largeCorrections_areClamped() {
        // When
        double lean = FuelCorrection.correction(18.0, 12.0, MathVersion.V2_0_0);
        double rich = FuelCorrection.correction(10.0, 14.0, MathVersion.V2_0_0);
        double own = FuelCorrection.correction(18.0, 12.0, MathVersion.V2_0_0, 5.0);
        // Then
        assertThat(new double[] {lean, rich, own}).containsExactly(1.15, 0.85, 1.05);
    }

    @Test
    void boundsOfAfr_areInclusive() {
        // When
        double lowest = FuelCorrection.correction(9.0, 9.0, MathVersion.V2_0_0);
        double highest = FuelCorrection.correction(20.0, 20.0, MathVersion.V2_0_0);
        // Then
        assertThat(new double[] {lowest, highest}).containsExactly(1.0, 1.0);
    }

    @Test
    void afrBeyondTheBounds_isAnError() {
        // When / Then
        for (double afr : new double[] {8.99, 20.01, 0, -13, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> FuelCorrection.correction(afr, 13.0, MathVersion.V2_0_0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("measured AFR");
            assertThatThrownBy(() -> FuelCorrection.correction(13.0, afr, MathVersion.V2_0_0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("target AFR");
        }
    }
}
