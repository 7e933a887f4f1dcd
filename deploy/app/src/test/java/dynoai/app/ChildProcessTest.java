package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.stored.Comparison;
import dynoai.engine.stored.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: other locales and time zones, and being ended from outside. */
@Timeout(120)
@Tag("process")
class ChildProcessTest {
    @TempDir
    Path work;

    @Test
    void localeAndTimeZone_doNotChangeOutputs() throws Exception {
        // Given
        Path log = Logs.pull(work.resolve("pull.csv"));
        List<String> analyze = List.of("analyze", "--csv", log.toString(), "--outdir");
        // When
        String english = ended(dynoAi(List.of("-Duser.language=en", "-Duser.timezone=UTC"), analyze, "en"));
        String turkish = ended(dynoAi(
                List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kolkata"), analyze, "tr"));
        String german = ended(dynoAi(
                List.of("-Duser.language=de", "-Duser.country=DE", "-Dfile.encoding=ISO-8859-1"), analyze, "de"));
        // Then
        assertThat(turkish.replace("tr", "en")).isEqualTo(english.replace("tr", "en"));
        assertThat(german.replace("de", "en")).isEqualTo(english.replace("de", "en"));
        assertThat(Comparison.of(work.resolve("en"), work.resolve("tr")).differences())
                .isEmpty();
        assertThat(Comparison.of(work.resolve("en"), work.resolve("de")).differences())
                .isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process there cannot be asked to end")
    void terminatedBatch_leavesOnlyCompleteRuns() throws Exception {
        // Given
        List<String> batch = new ArrayList<>(List.of("batch"));
        Path log = Logs.pull(work.resolve("pull.csv"));
        for (int i = 0; i < 3000; i++) {
            batch.add(log.toString());
        }
        batch.add("--outdir");
        Process process = dynoAi(List.of(), batch, "runs");
        process.getInputStream().read();
        // When
        process.destroy();
        process.waitFor();
        // Then
        assertThat(process.exitValue()).isEqualTo(143);
        try (Stream<Path> runs = Files.list(work.resolve("runs"))) {
            List<Path> left = runs.toList();
            assertThat(left).isNotEmpty().hasSizeLessThan(3000);
            for (Path run : left) {
                assertThat(run.getFileName().toString()).doesNotStartWith(".");
                assertThat(Verification.of(run).isWhole()).isTrue();
            }
        }
    }

    /** The last argument is the folder below {@link #work} that the command writes to. */
    private Process dynoAi(List<String> jvm, List<String> command, String folder) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvm);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), "dynoai.app.DynoAi"));
        line.addAll(command);
        line.add(work.resolve(folder).toString());
        return new ProcessBuilder(line)
                .redirectError(work.resolve(folder + ".err").toFile())
                .start();
    }

    private static String ended(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
