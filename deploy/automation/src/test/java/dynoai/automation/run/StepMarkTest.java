package dynoai.automation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepMarkTest {
    private static final String TEXT = "0123456789abcdef".repeat(3);

    @Test
    void systemWithoutProc_findsNoProcesses(@TempDir Path noProcesses) {
        // Given
        StepMark mark = new StepMark(TEXT, noProcesses.resolve("none"));
        // When
        boolean canFind = mark.canFindProcesses();
        // Then
        assertThat(canFind).isFalse();
        assertThat(mark.processesWithIt()).isEmpty();
    }

    @Test
    void markOfAnOuterStep_stays() {
        // Given
        Map<String, String> environment = new HashMap<>();
        StepMark.of("f".repeat(48)).putInto(environment);
        // When
        StepMark.of(TEXT).putInto(environment);
        // Then
        assertThat(environment).containsExactly(Map.entry("DYNOAI_STEP_MARK", "f".repeat(48) + ":" + TEXT));
    }

    @Test
    void textThatCouldMatchOtherProcesses_isNotAMark() {
        // When
        Throwable empty = catchThrowable(() -> StepMark.of(""));
        Throwable shortText = catchThrowable(() -> StepMark.of("PATH"));
        // Then
        assertThat(empty).isInstanceOf(IllegalArgumentException.class);
        assertThat(shortText).isInstanceOf(IllegalArgumentException.class);
    }
}
