package dynoai.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.automation.context.Context;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeLoader;
import dynoai.automation.run.RecipeEvents;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.automation.run.RecipeSettings;
import dynoai.automation.server.ContextServer;
import dynoai.automation.server.ContextSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the recipe and the scripts in {@code recipes/example}. */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class ExampleTest {
    private static final Path EXAMPLE = Path.of("recipes/example").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void recipe_runsAsItIs() throws Exception {
        // Given
        Recipe recipe = new RecipeLoader(TestSteps.catalog()).load(EXAMPLE.resolve("example.yaml"));
        Context start = new Context();
        start.set("inputs.name", "Alice", "test");
        RecipeRunFolder run = RecipeRunFolder.begin(folder.resolve("run"), recipe, start.toMap());
        // When
        RecipeOutcome outcome = new RecipeRunner(
                        TestSteps.catalog(), new RecipeSettings(folder, 2), RecipeEvents.SILENT)
                .run(recipe, run);
        // Then
        assertThat(outcome.message()).isEmpty();
        assertThat(outcome.context().get("sample"))
                .hasToString("{\"message_v1\":\"Hello Alice\",\"echo_v1\":\"Alice\"}");
        assertThat(outcome.context()
                        .get("steps.sample_function.result_v1.length")
                        .asInt())
                .isEqualTo(11);
        assertThat(outcome.context().getHistory("sample.echo_v1").get(0).who()).isEqualTo("sample_shell");
    }

    @Test
    void script_runsAlone() throws Exception {
        // When
        String out = output(Map.of("ECHO_TEXT", "Hello"), "sample.sh");
        // Then
        assertThat(out).isEqualTo("{\"status\":\"ok\",\"echo\":\"Hello\"}\n");
    }

    @Test
    void contextTour_showsEveryOperationAndLeavesNothing() throws Exception {
        // Given
        Context context = new Context();
        try (ContextServer server = serve(context)) {
            // When
            String out = output(environment(server), "context-tour.sh");
            // Then
            assertThat(out)
                    .contains("update_state.sh get tour.user.name\n{\"ok\":true,\"value\":\"Alice\"}\n")
                    .contains("update_state.sh pop tour.numbers 0\n{\"ok\":true,\"value\":1}\n")
                    .endsWith("update_state.sh full\n{\"ok\":true,\"value\":{\"tour\":{\"numbers\":[2]}}}\n");
            assertThat(context.toMap()).isEmpty();
        }
    }

    @Test
    void simulatedPoll_keepsTheLastReadings() throws Exception {
        // Given
        Context context = new Context();
        try (ContextServer server = serve(context)) {
            Map<String, String> environment = new HashMap<>(environment(server));
            environment.putAll(Map.of("COUNT", "4", "INTERVAL", "0", "KEEP", "2"));
            // When
            String out = output(environment, "simulate-poll.sh");
            // Then
            assertThat(out.lines()).hasSize(4);
            assertThat(context.get("poll.readings_v1").findValuesAsText("n")).containsExactly("3", "4");
            assertThat(context.get("poll.latest_v1.rpm").asInt()).isEqualTo(2500);
        }
    }

    private static ContextServer serve(Context context) throws Exception {
        ContextServer server = ContextServer.of(context, "test", ContextSettings.DEFAULT);
        Thread thread = new Thread(() -> {
            try {
                server.serve();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static Map<String, String> environment(ContextServer server) {
        return Map.of("DYNOAI_CONTEXT_PORT", "" + server.address().getPort());
    }

    private String output(Map<String, String> environment, String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        List.of("bash", EXAMPLE.resolve(script).toString()))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }
}
