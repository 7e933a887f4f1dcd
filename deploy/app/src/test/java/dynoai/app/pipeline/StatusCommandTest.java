package dynoai.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} prints of a drop folder; no node runs. */
class StatusCommandTest {
    @TempDir
    Path temp;

    private Path drop;

    @BeforeEach
    void createDropFolder() throws IOException {
        drop = Files.createDirectories(temp.resolve("drop"));
    }

    private void log(String name) throws IOException {
        Path file = drop.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "rpm,map,torque\n");
    }

    private void claim(String runId, String log, int attempt) throws IOException {
        Path folder = Files.createDirectories(drop.resolve(".work").resolve(runId));
        Files.writeString(folder.resolve("run.yaml"), """
                {"run_id": "%s", "shop": "north", "cell": "default", "original": "north/%s", "name": "%s", "size": 15,
                 "sha256": "", "options": {}, "option_files": {}, "attempt": %d, "force": false,
                 "claimed_at": "2026-03-04T05:06:07Z", "duplicate_of": ""}
                """.formatted(runId, log, log, attempt));
    }

    private List<String> status() {
        CommandLineRun run = CommandLineRun.of("status", "--drop=" + drop, "--data=" + temp.resolve("data"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().lines().toList();
    }

    @Test
    void logsThatAreNotArchived_areListed() throws Exception {
        // Given
        log("north/waiting.csv");
        claim("r1", "claimed.csv", 0);
        claim("r2", "sent.csv", 1);
        // When
        List<String> printed = status();
        // Then
        assertThat(printed)
                .contains(
                        "waiting  north/waiting.csv",
                        "claimed  north/claimed.csv (r1)",
                        "sent     north/sent.csv (r2)");
    }

    @Test
    void moreThanTenLogs_areCounted() throws Exception {
        // Given
        for (int number = 10; number < 22; number++) {
            log("north/waiting-" + number + ".csv");
            claim("r" + number, "sent-" + number + ".csv", 1);
        }
        // When
        List<String> printed = status();
        // Then
        assertThat(printed)
                .filteredOn(line -> line.startsWith("waiting  "))
                .hasSize(11)
                .contains("waiting  and 2 more");
        assertThat(printed)
                .filteredOn(line -> line.startsWith("sent "))
                .hasSize(11)
                .contains("sent     and 2 more");
    }
}
