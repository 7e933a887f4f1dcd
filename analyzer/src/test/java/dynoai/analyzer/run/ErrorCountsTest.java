package dynoai.analyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCountsTest {
    private static final int FEW = 100;
    private static final AfrPairs NO_PAIRS = new AfrPairs();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 101, 4_999, 20_000})
    void spilledErrors_giveTheSameMadBitForBit(int errors) {
        // Given
        try (ErrorCounts held = new ErrorCounts(Integer.MAX_VALUE);
                ErrorCounts spilled = new ErrorCounts(FEW)) {
            // When
            fill(held, errors);
            fill(spilled, errors);
            // Then
            assertThat(spilled.mad(NO_PAIRS)).isEqualTo(held.mad(NO_PAIRS));
            assertThat(memory(spilled)).isLessThanOrEqualTo(FEW);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 101, 5_000})
    void drainedErrors_areComplete(int errors) throws Exception {
        // Given
        try (ErrorCounts held = new ErrorCounts(Integer.MAX_VALUE);
                ErrorCounts spilled = new ErrorCounts(FEW);
                ErrorCounts restored = new ErrorCounts(FEW)) {
            fill(held, errors);
            fill(spilled, errors);
            BinaryOutput out = new BinaryOutput(1024);
            // When
            spilled.drain(out);
            restored.addDrained(new BinaryInput(out.toByteArray()));
            // Then
            assertThat(restored.mad(NO_PAIRS)).isEqualTo(held.mad(NO_PAIRS));
            assertThat(spilled.mad(NO_PAIRS)).containsOnly(Double.NaN);
        }
    }

    private static void fill(ErrorCounts counts, int errors) {
        SplittableRandom random = new SplittableRandom(errors);
        for (int i = 0; i < errors; i++) {
            int cell = random.nextInt(4) == 0 ? random.nextInt(1, 5) : 0;
            double value = random.nextInt(3) == 0 ? random.nextInt(-40, 40) / 4.0 : random.nextDouble() * 100 - 50;
            counts.add(cell, value);
            counts.limitMemory();
        }
    }

    private static int memory(ErrorCounts counts) {
        int held = 0;
        for (int cell = 0; cell < 5; cell++) {
            held += counts.of(cell).distinct();
        }
        return held;
    }
}
