package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FishCompletionTest {
    @TempDir
    Path work;

    private static List<String> script() {
        CommandLineRun run = CommandLineRun.of("completion", "fish");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().lines().toList();
    }

    @Test
    void script_knowsEveryCommandAndItsFlags() {
        // When
        List<String> script = script();
        // Then
        for (Commands command : Commands.values()) {
            assertThat(script).anyMatch(line -> line.contains("'__dynoai_at' -a " + command.word() + " -d '"));
        }
        assertThat(script)
                .anyMatch(line -> line.startsWith("complete -c dynoai -n '__dynoai_at ve' -a apply -d 'Write a VE"))
                .anyMatch(line -> line.startsWith("complete -c dynoai -n '__dynoai_in ve apply' -l base -r -F -d "))
                .anyMatch(line -> line.startsWith("complete -c dynoai -n '__dynoai_in analyze' -l weighting -x -a "))
                .anyMatch(line -> line.startsWith("complete -c dynoai -n '__dynoai_in analyze' -l json -d "))
                .contains("complete -c dynoai -n '__dynoai_in preflight' -F")
                .contains("complete -c dynoai -n '__dynoai_in catalogue' -a 'rebuild'");
    }

    @Test
    void flagThatAStageIgnores_isNotOffered() {
        // When
        List<String> script = script();
        // Then
        assertThat(script).noneMatch(line -> line.contains("'__dynoai_in exporter' -l settle"));
    }

    @Test
    void quotes_areClosedInEveryLine() {
        // When
        List<String> script = script();
        // Then
        assertThat(script)
                .filteredOn(line -> line.startsWith("complete"))
                .allSatisfy(line ->
                        assertThat(line.replace("\\\\", "").replace("\\'", "")).matches("[^']*('[^']*'[^']*)*"));
    }

    @Test
    void fish_acceptsTheScript() throws Exception {
        // Given
        assumeThat(hasFish()).as("fish is installed").isTrue();
        Path script = Files.write(work.resolve("dynoai.fish"), script());
        // When
        Process fish = new ProcessBuilder("fish", "--no-execute", script.toString())
                .redirectErrorStream(true)
                .start();
        // Then
        assertThat(new String(fish.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(fish.waitFor()).isZero();
    }

    private static boolean hasFish() throws InterruptedException {
        try {
            return new ProcessBuilder("fish", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException ignored) {
            return false; // fish is not installed
        }
    }
}
