package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class RepeatedFailuresTest {
    private static boolean isTooMuch(Throwable failure) {
        RepeatedFailures failures = new RepeatedFailures();
        return IntStream.range(0, RepeatedFailures.MAX_FAILURES)
                .mapToObj(second -> failures.add(second * 1_000_000_000L, failure))
                .reduce(false, Boolean::logicalOr);
    }

    @Test
    void sameFailureOfTheProcessing_isLasting() {
        // Given
        Throwable failure = new StreamsException(new IllegalStateException("a bug"));
        // When
        boolean lasting = isTooMuch(failure);
        // Then
        assertThat(lasting).isTrue();
    }

    @Test
    void outageOfKafka_isNotLasting() {
        // Given
        Throwable failure = new StreamsException(new TimeoutException("no answer"));
        // When
        boolean lasting = isTooMuch(failure);
        // Then
        assertThat(lasting).isFalse();
    }
}
