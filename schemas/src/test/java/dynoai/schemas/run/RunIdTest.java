package dynoai.schemas.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunIdTest {
    @Test
    void id_isASecondInUtcAndSixHexDigits() {
        // When
        var id = RunId.of(Instant.parse("2026-03-01T09:30:07.999Z"), 0x00c0de);
        // Then
        assertThat(id).isEqualTo("2026-03-01T09-30-07Z-00c0de");
    }

    @Test
    void freshIds_areValidAndDiffer() {
        // When
        var first = RunId.fresh(Instant.EPOCH);
        var others = java.util.stream.Stream.generate(() -> RunId.fresh(Instant.EPOCH))
                .limit(5);
        // Then
        assertThat(first).matches("1970-01-01T00-00-00Z-[0-9a-f]{6}").matches(RunId::isValid);
        assertThat(others).anyMatch(other -> !other.equals(first));
    }

    @Test
    void namesThatCouldLeaveTheirFolder_areNotValid() {
        assertThat(new String[] {"", ".", "..", ".hidden", "a/b", "a\\b", "a b", "ä", "a:b", "x".repeat(65)})
                .noneMatch(RunId::isValid);
        assertThat(new String[] {"a", "A-1_b.c", "x".repeat(64)}).allMatch(RunId::isValid);
    }
}
