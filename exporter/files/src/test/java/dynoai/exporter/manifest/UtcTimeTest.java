package dynoai.exporter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class UtcTimeTest {

    @Test
    void times_alwaysHaveThreeDecimals() {
        // When
        String whole = UtcTime.format(Instant.parse("2026-03-01T09:30:00Z"));
        String finer = UtcTime.format(Instant.parse("1999-12-31T23:59:59.007999Z"));
        // Then
        assertThat(whole).isEqualTo("2026-03-01T09:30:00.000Z");
        assertThat(finer).isEqualTo("1999-12-31T23:59:59.007Z");
    }
}
