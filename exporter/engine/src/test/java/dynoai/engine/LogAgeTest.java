package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogAgeTest {
    private static final Instant NOW = Instant.parse("2026-03-08T12:00:00Z");

    @TempDir
    Path folder;

    private Path log(String name, Instant changed) throws Exception {
        Path log = Files.writeString(folder.resolve(name), "x");
        return Files.setLastModifiedTime(log, FileTime.from(changed));
    }

    @Test
    void sevenDays_leaveOutALogOfExactlySevenDays() throws Exception {
        // Given
        Path today = log("today.csv", NOW);
        Path inside = log("inside.csv", NOW.minus(Duration.ofDays(7)).plusSeconds(1));
        Path atLimit = log("limit.csv", NOW.minus(Duration.ofDays(7)));
        Path tomorrow = log("tomorrow.csv", NOW.plus(Duration.ofDays(1)));
        // When
        LogAge.Selection selection = LogAge.parse("7d").select(List.of(atLimit, today, tomorrow, inside), NOW);
        // Then
        assertThat(selection.newer()).containsExactly(today, tomorrow, inside);
        assertThat(selection.older()).containsExactly(atLimit);
    }

    @Test
    void noNewerLog_isAnErrorThatCountsTheOlderOnes() throws Exception {
        // Given
        Path old = log("old.csv", NOW.minus(Duration.ofDays(8)));
        // When
        Throwable thrown = catchThrowable(() -> LogAge.parse("12h").select(List.of(old), NOW));
        // Then
        assertThat(thrown)
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no log was changed within 12h; 1 are older");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "0d", "-1d", "7 d", "7w", "1.5h", "100000d", "7D"})
    void otherForms_areRejected(String text) {
        // When
        Throwable thrown = catchThrowable(() -> LogAge.parse(text));
        // Then
        assertThat(thrown).hasMessageContaining("as 7d, 12h or 30m");
    }
}
