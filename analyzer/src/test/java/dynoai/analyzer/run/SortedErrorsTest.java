package dynoai.analyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SortedErrorsTest {
    @Test
    void countedRuns_haveTheDeviationOfTheirSortedValues() {
        SplittableRandom random = new SplittableRandom(3);
        SortedErrors sorted = new SortedErrors();
        for (int trial = 0; trial < 2_000; trial++) {
            // Given
            List<Double> all = new ArrayList<>();
            sorted.clear();
            for (int run = random.nextInt(1, 5); run > 0; run--) {
                addRun(random, sorted, all);
            }
            // When
            double deviation = sorted.medianAbsoluteDeviation();
            // Then
            assertThat(deviation).isEqualTo(deviationOf(all));
        }
    }

    @Test
    void emptyErrors_haveNoDeviation() {
        assertThat(new SortedErrors().medianAbsoluteDeviation()).isNaN();
    }

    private static void addRun(SplittableRandom random, SortedErrors sorted, List<Double> all) {
        List<Double> values = new ArrayList<>();
        for (int i = random.nextInt(1, 200); i > 0; i--) {
            values.add(random.nextBoolean() ? random.nextInt(-20, 20) / 4.0 : random.nextDouble() * 20 - 10);
        }
        Collections.sort(values);
        for (double value : values) {
            int count = random.nextInt(1, 4);
            sorted.add(value, count);
            all.addAll(Collections.nCopies(count, value));
        }
        sorted.endRun();
    }

    private static double deviationOf(List<Double> values) {
        double median = median(values);
        return median(values.stream().map(value -> Math.abs(value - median)).toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
