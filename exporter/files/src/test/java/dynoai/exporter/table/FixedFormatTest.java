package dynoai.exporter.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedFormatTest {
    @ParameterizedTest
    @CsvSource({
        "2.675, 2, false, 2.67",
        "0.125, 2, false, 0.12",
        "0.375, 2, false, 0.38",
        "0.135, 2, false, 0.14",
        "1.005, 2, false, 1.00",
        "3.454999, 2, true, +3.45",
        "0, 2, true, +0.00",
        "-0.0, 2, true, -0.00",
        "-0.004, 2, true, -0.00",
        "-0.005, 2, true, -0.01",
        "0.5, 0, false, 0",
        "1.5, 0, false, 2",
        "99.95, 1, false, 100.0",
        "58.0007, 4, false, 58.0007",
        "4.9E-324, 4, false, 0.0000",
        "1e22, 2, false, 10000000000000000000000.00",
        "4503599627370497.5, 0, false, 4503599627370498",
        "4503599627370496.5, 0, false, 4503599627370496"
    })
    void writtenNumber_isRoundedHalfToEvenOnItsBinaryValue(double value, int decimals, boolean plus, String expected) {
        assertThat(FixedFormat.format(value, decimals, plus)).isEqualTo(expected);
    }

    @Test
    void seededValues_areFormattedLikeExactDecimals() {
        // Given
        SplittableRandom random = new SplittableRandom(20_261_120);
        for (int i = 0; i < 1_000_000; i++) {
            int decimals = random.nextInt(8);
            double value = value(random, i % 6, decimals);
            // When
            String written = FixedFormat.format(value, decimals, (i & 1) == 0);
            // Then
            if (!written.equals(exactly(value, decimals, (i & 1) == 0))) {
                assertThat(written)
                        .as("%s to %d decimals", value, decimals)
                        .isEqualTo(exactly(value, decimals, (i & 1) == 0));
            }
        }
    }

    @Test
    void nan_isRejected() {
        assertThatThrownBy(() -> FixedFormat.format(Double.NaN, 2, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FixedFormat.format(1, 16, false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double value(SplittableRandom random, int kind, int decimals) {
        switch (kind) {
            case 0:
                return random.nextDouble(-20, 20);
            case 1:
                return (2 * random.nextLong(-2_000_000, 2_000_000) + 1) / (2 * Math.pow(10, decimals));
            case 2:
                return random.nextLong(-100_000, 100_000) / 64.0;
            case 3:
                return Math.nextAfter(
                        (random.nextInt(100_000) + 0.5) / Math.pow(10, decimals), random.nextBoolean() ? 1e9 : 0);
            case 4:
                return random.nextDouble(-1, 1) * Math.scalb(1.0, random.nextInt(-1060, 200));
            default:
                return (Math.scalb(1.0, 52) + random.nextLong(-1000, 1000)) / Math.pow(10, decimals);
        }
    }

    private static String exactly(double value, int decimals, boolean plus) {
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : plus ? "+" : "";
        return sign
                + new BigDecimal(Math.abs(value))
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }
}
