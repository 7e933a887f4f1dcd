package dynoai.automation.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A process is killed within a step, when half of the step's file is written. */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class KillAndResumeTest {
    private static final String[] STEPS = {"one", "left", "right", "in_loop", "last"};

    /** Writes half of its file, kills the process if {@code kill-at} names the step, else writes the other half. */
    private static final String STEP = """
            printf half > "out-$ME$ROUND"
            if [ "$(cat kill-at 2>/dev/null)" = "$ME$ROUND" ]; then rm kill-at; kill -9 $PPID; sleep 30; fi
            printf " and whole $ME$ROUND" >> "out-$ME$ROUND"
            printf '{"status":"ok","n":%d}' "${ROUND:-0}"
            """;

    @TempDir
    static Path folder;

    private static Map<String, String> undisturbed = Map.of();

    private static String recipe() {
        String step = "{idx: %d, name: %s, type: shell, cmd: 'exec bash step.sh', args: {ME: %s%s}%s}";
        return "steps:\n"
                + "  - " + step.formatted(1, "one", "one", "", "") + "\n"
                + "  - " + step.formatted(2, "left", "left", "", ", needs: [one]") + "\n"
                + "  - " + step.formatted(3, "right", "right", "", ", needs: [one]") + "\n"
                + "  - idx: 4\n    name: loop\n    repeat: {until: {key: steps.in_loop.result_v1.n, equals: 3}, max: 5}\n"
                + "    steps:\n      - "
                + step.formatted(1, "in_loop", "in_loop", ", ROUND: \"${steps.loop.round_v1}\"", "") + "\n"
                + "  - " + step.formatted(5, "last", "last", "", "") + "\n";
    }

    private static Path prepare(String name) throws Exception {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(run.resolve("recipe.yaml"), recipe());
        Files.writeString(run.resolve("step.sh"), STEP);
        return run;
    }

    private static int start(Path run) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledRun.class.getName(),
                        run.toString())
                .redirectOutput(run.resolve("process.log").toFile())
                .redirectErrorStream(true)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the run did not end within a minute");
        }
        return process.exitValue();
    }

    private static Map<String, String> artifacts(Path run) throws Exception {
        Map<String, String> artifacts = new TreeMap<>();
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("out-"))
                    .toList()) {
                artifacts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        JsonNode outcome =
                new ObjectMapper().readTree(run.resolve("run/outcome.json").toFile());
        artifacts.put("outcome", outcome.toString());
        return artifacts;
    }

    @BeforeAll
    static void runUndisturbed() throws Exception {
        Path run = prepare("undisturbed");
        start(run);
        undisturbed = artifacts(run);
    }

    static Stream<Arguments> kills() {
        return IntStream.range(0, Integer.getInteger("dynoai.kills", STEPS.length))
                .mapToObj(kill -> {
                    String step = STEPS[kill % STEPS.length];
                    return Arguments.of(kill, step.equals("in_loop") ? step + (1 + kill / STEPS.length % 3) : step);
                });
    }

    @ParameterizedTest
    @MethodSource("kills")
    void resumedRun_endsLikeAnUninterruptedOne(int kill, String step) throws Exception {
        // Given
        Path run = prepare("kill-" + kill);
        Files.writeString(run.resolve("kill-at"), step);
        int killed = start(run);
        // When
        int resumed = start(run);
        // Then
        assertThat(killed).isEqualTo(128 + 9);
        assertThat(resumed).as(Files.readString(run.resolve("process.log"))).isZero();
        assertThat(artifacts(run)).isEqualTo(undisturbed);
    }
}
