package dynoai.app.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.DynoAi;
import dynoai.app.console.Console;
import dynoai.dashboard.recipes.RecipeRunView;
import dynoai.dashboard.recipes.RecipeRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class AutomationCommandsTest {
    @TempDir
    Path folder;

    private record Ran(int exitCode, String out, String err) {}

    private static Ran dynoai(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = DynoAi.run(args, Console.of(out, err));
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String recipe(String yaml) throws IOException {
        return Files.writeString(folder.resolve("recipe.yaml"), yaml).toString();
    }

    private static Map<Path, String> snapshot(Path root) throws IOException {
        Map<Path, String> snapshot = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : (Iterable<Path>) tree::iterator) {
                snapshot.put(
                        file,
                        Files.getLastModifiedTime(file) + (Files.isDirectory(file) ? "" : Files.readString(file)));
            }
        }
        return snapshot;
    }

    @Test
    void run_printsProgressOnStderrAndTheContextAsJson() throws IOException {
        // Given
        String recipe = recipe("""
                steps:
                  - {idx: 1, name: hello, type: shell, cmd: 'echo "{\\"status\\":\\"ok\\",\\"echo\\":\\"$TEXT\\"}"',
                     args: {TEXT: "${inputs.text}", API_TOKEN: hush}}
                """);
        // When
        Ran ran = dynoai(
                "recipe",
                "run",
                recipe,
                "--set",
                "inputs.text=World",
                "--json",
                "--run-dir",
                folder.resolve("run").toString());
        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err())
                .contains("INFO | Running shell step hello ...")
                .contains("INFO | Step hello output: {\"status\":\"ok\",\"echo\":\"World\"}")
                .contains("INFO | Pipeline complete")
                .doesNotContain("hush");
        assertThat(ran.out()).contains("\"echo\" : \"World\"");
        assertThat(folder.resolve("run/logs/hello.log")).content().contains("resource_usage");
    }

    @Test
    void dryRun_printsThePlanAndWritesNothing() throws IOException {
        // Given
        String recipe = recipe("steps: [{idx: 1, name: a, type: shell, cmd: 'touch made'}]");
        Path here = Path.of("").toAbsolutePath().resolve("recipe-runs");
        Map<Path, String> before = snapshot(folder);
        // When
        Ran ran = dynoai("recipe", "run", recipe, "--dry-run");
        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo("recipe recipe\n  1 a\n      shell touch made\n");
        assertThat(snapshot(folder)).isEqualTo(before);
        assertThat(here).doesNotExist();
    }

    @Test
    void dryRun_namesMissingInputs() throws IOException {
        // Given
        String recipe = recipe("""
                steps:
                  - {idx: 1, name: a, type: shell, cmd: 'true', args: {A: "${inputs.a}/${inputs.b:-${inputs.c}/x}", B: "${inputs.d:-1}"}}
                  - {idx: 2, name: b, type: shell, cmd: 'true', args: {A: "${steps.a.result_v1.x} ${laps_v1} $${inputs.e}"}}
                """);
        // When
        Ran ran = dynoai("recipe", "run", recipe, "--dry-run", "--set", "inputs.c=1");
        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).endsWith("missing inputs, to be given with --set: inputs.a\na step must set: laps_v1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=[1] 2", "a={\"b\": 1, \"b\": 2}"})
    void set_rejectsJsonThatIsNotOneValue(String setting) throws IOException {
        // Given
        String recipe = recipe("steps: [{idx: 1, name: a, type: shell, cmd: 'touch made'}]");
        // When
        Ran ran = dynoai("recipe", "run", recipe, "--set", setting);
        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("--set: not JSON");
    }

    @Test
    void invalidRecipe_isRejectedBeforeAnyStepRuns() throws IOException {
        // Given
        String recipe = recipe("steps:\n- {idx: 1, name: a, type: shell, cmd: 'touch made'}\n- {idx: 1, name: b}\n");
        // When
        Ran ran = dynoai("recipe", "run", recipe);
        Ran check = dynoai("recipe", "check", recipe, "weekly-batch");
        // Then
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.err())
                .contains("recipe.yaml:3: steps[1].idx: 1 is already")
                .contains("steps[1].type: missing");
        assertThat(check.exitCode()).isEqualTo(4);
        assertThat(check.out()).isEqualTo("weekly-batch: valid\n");
    }

    @Test
    void missingScript_isAWarningOfTheCheck() throws IOException {
        // Given
        String recipe = recipe(
                "steps:\n- {idx: 1, name: a, type: shell, cmd: ./gone.sh --all}\n- {idx: 2, name: b, type: shell, cmd: ls}\n");
        // When
        Ran check = dynoai("recipe", "check", recipe);
        // Then
        assertThat(check.exitCode()).isZero();
        assertThat(check.err())
                .contains("warning: step a: " + folder.resolve("gone.sh") + " does not exist yet")
                .doesNotContain("step b");
    }

    @Test
    void failedRun_printsHowToResumeAndResumes() throws IOException {
        // Given
        String go = folder.resolve("go").toString();
        String recipe = recipe("steps: [{idx: 1, name: a, type: shell, cmd: 'test -f \"$GO\" && echo \"{\\\"status\\\":"
                + "\\\"ok\\\"}\"', args: {GO: '" + go + "'}}]");
        String run = folder.resolve("run").toString();
        Ran failed = dynoai("recipe", "run", recipe, "--run-dir", run);
        Files.writeString(Path.of(go), "");
        // When
        Ran resumed = dynoai("recipe", "run", recipe, "--resume", "--run-dir", run);
        // Then
        assertThat(failed.exitCode()).isEqualTo(5);
        assertThat(failed.err()).contains("step a: exit code 1").contains("--resume --run-dir " + run);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    }

    @Test
    void run_isShownWithItsStepsAndLogs() throws IOException {
        // Given
        String recipe = recipe("""
                steps:
                  - {idx: 1, name: a, type: shell, cmd: 'echo "{\\"status\\":\\"ok\\"}"'}
                  - {idx: 2, name: b, type: shell, cmd: 'echo trouble >&2; exit 3'}
                """);
        String run = folder.resolve("recipe-runs/recipe/r1").toString();
        // When
        dynoai("recipe", "run", recipe, "--run-dir", run);
        // Then
        RecipeRunView shown = new RecipeRuns(folder.resolve("recipe-runs"), folder.resolve("events"))
                .find("recipe", "", "r1")
                .orElseThrow();
        assertThat(shown.details().get("state")).isEqualTo("failed");
        assertThat(String.valueOf(shown.details().get("message"))).startsWith("step b: exit code 3");
        assertThat(String.valueOf(shown.details().get("steps"))).contains("step=a, state=done", "step=b, state=failed");
        assertThat(String.valueOf(shown.log("b").orElseThrow().get("text"))).contains("| INFO | b | trouble");
    }

    @Test
    void retry_runsAFailedEventAgain() throws IOException {
        // Given
        String recipe = recipe("on: run-completed\nsteps: [{idx: 1, name: a, type: shell, cmd: 'echo "
                + "\"{\\\"status\\\":\\\"ok\\\"}\"'}]\n");
        Path event = Files.createDirectories(folder.resolve("data/recipes/events/recipe/north/r1"));
        Files.writeString(
                event.resolve("event.json"),
                "{\"shop\":\"north\",\"cell\":\"c\",\"run_id\":\"r1\",\"run_folder\":\"x\",\"manifest\":{}}");
        Files.writeString(event.resolve("end.json"), "{\"ok\":false,\"message\":\"north/r1: gone\"}");
        String data = folder.resolve("data").toString();
        // When
        Ran retried = dynoai("recipe", "retry", recipe, "north/r1", "--data", data);
        Ran again = dynoai("recipe", "retry", recipe, "north/r1", "--data", data);
        Ran unknown = dynoai("recipe", "retry", recipe, "north/r2", "--data", data);
        Ran malformed = dynoai("recipe", "retry", recipe, "../r1", "--data", data);
        // Then
        assertThat(retried.exitCode()).as(retried.err()).isZero();
        assertThat(event.resolve("end.json")).hasContent("{\"ok\":true,\"message\":\"\",\"retries\":1}");
        assertThat(again.exitCode()).isEqualTo(4);
        assertThat(again.err()).contains("north/r1 succeeded");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(malformed.exitCode()).isEqualTo(1);
    }

    @Test
    void steps_areListedWithTheirDocumentation() throws IOException {
        // Given
        Files.writeString(
                folder.resolve("count-lines.sh"),
                "#!/usr/bin/env bash\n# NAME: count-lines.sh\n# DESC: Count lines in a text file and emit JSON.\n"
                        + "# USAGE: INPUT=file.txt count-lines.sh\n# RETURNS: {\"status\":\"ok\",\"lines\":<int>}\nset -e\n");
        // When
        Ran ran = dynoai("recipe", "steps", "--shell", folder.toString());
        // Then
        assertThat(ran.exitCode()).isZero();
        for (String name : "analyze preflight verify compare ve-apply ve-rollback max-correction summary report batch"
                .split(" ")) {
            assertThat(ran.out()).contains(name + " (java)\n");
        }
        assertThat(ran.out())
                .contains("count-lines.sh (shell)\n    Count lines in a text file and emit JSON.\n")
                .contains("    returns {\"status\":\"ok\",\"lines\":<int>}");
    }

    @Test
    void step_printsOnlyItsResult() throws IOException {
        // Given
        String table = "RPM,35,50,65,80,95\r\n";
        for (int rpm = 1500; rpm <= 6500; rpm += 500) {
            table += rpm + ",,'-2.50,'+1.00,,\r\n";
        }
        Path file = Files.writeString(folder.resolve("delta.csv"), table);
        // When
        Ran ran = dynoai("step", "max-correction", "--params", "{\"table\":\"" + file + "\"}");
        Ran wrong = dynoai("step", "max-correction", "--params", "{\"tabel\":\"x\"}");
        // Then
        assertThat(ran.out())
                .isEqualTo("{\"status\":\"ok\",\"max_correction\":2.5,\"max_correction_pct\":2.5,\"cells\":22}\n");
        assertThat(ran.exitCode()).isZero();
        assertThat(wrong.exitCode()).isEqualTo(5);
        assertThat(wrong.out()).contains("params.tabel: unknown parameter");
    }

    @Test
    void graph_isAnSvgPicture() {
        // When
        Ran ran = dynoai("recipe", "graph", "compare-options");
        // Then
        assertThat(ran.out()).startsWith("<svg ").contains("4 compare").endsWith("</svg>\n");
    }

    @Test
    void contextWithoutServer_isAnError() {
        // When
        Ran ran = dynoai("context", "get", "a.b", "--port", "1");
        // Then
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.err()).contains("no context server answers");
    }
}
