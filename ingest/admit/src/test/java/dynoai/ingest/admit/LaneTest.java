package dynoai.ingest.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.record.LogAccepted;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneTest {
    @ParameterizedTest
    @CsvSource({"0, USUAL", "41943040, USUAL", "41943041, LARGE", "9223372036854775807, LARGE"})
    void everySize_isInOneLane(long bytes, Lane lane) {
        // Given
        LogAccepted log = new LogAccepted("shop-a", "r1", "cell1", "", "a.csv", bytes, "", Map.of(), false, 5);
        // When
        var lanes = Arrays.stream(Lane.values()).filter(each -> each.takes(log));
        // Then
        assertThat(lanes).containsExactly(lane);
    }
}
