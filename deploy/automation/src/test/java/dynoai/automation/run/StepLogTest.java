package dynoai.automation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepLogTest {
    private static final String CUT = "the log was cut: it has more than 8 MiB, further lines are left out";

    @TempDir
    Path folder;

    @Test
    void longLog_isCutOnceAndKeepsErrors() throws Exception {
        // Given
        Path file = folder.resolve("a.log");
        byte[] flood = ("x".repeat(999) + "\n").repeat(10_000).getBytes(StandardCharsets.UTF_8);
        // When
        for (int run = 0; run < 2; run++) {
            try (StepLog log = new StepLog(file, "a", new Secrets())) {
                log.copy(new ByteArrayInputStream(flood));
                log.error("exit code 1");
            }
        }
        // Then
        List<String> lines = Files.readAllLines(file);
        assertThat(Files.size(file)).isBetween(8L << 20, (8L << 20) + 10_000);
        assertThat(lines).filteredOn(line -> line.endsWith(CUT)).hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.endsWith("| ERROR | a | exit code 1"))
                .hasSize(2);
    }
}
