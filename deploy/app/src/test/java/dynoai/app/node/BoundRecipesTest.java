package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.automation.event.BindingStatus;
import dynoai.automation.event.RecipeBindings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes bound to runs, on the pipeline in a process of its own. */
@Tag("broker")
@Tag("process")
class BoundRecipesTest {
    private static final int MAX_WAIT_SECONDS = 120;
    private static final String[] UNTIL_IDLE = {"--recipes", "recipes", "--exit-when-idle", "1"};

    /** Notes which run it was started for; for {@code wait} it waits first. */
    private static final String NOTE = """
            on: {event: run-completed, shop: [local], cell: default}
            steps:
              - idx: 1
                name: note
                type: shell
                cmd: 'while [ -f wait ]; do sleep 0.1; done; echo "$RUN $ROWS" >> noted; echo "{\\"status\\":\\"ok\\"}"'
                args: {RUN: "${run.manifest_v1.run_id}", ROWS: "${run.manifest_v1.stats.rows_read}"}
              - {idx: 2, name: check, type: java, class: verify, params: {run_folder: "${run.folder_v1}"}}
            """;

    private static final String FAILING = "on: run-completed\nsteps: [{idx: 1, name: a, type: shell, cmd: 'exit 7'}]\n";

    private static final String OF_ANOTHER_SHOP =
            "on: {event: run-completed, shop: north}\nsteps: [{idx: 1, name: a, type: shell, cmd: 'touch north'}]\n";

    @TempDir
    Path temp;

    private NodeFixture home() throws Exception {
        Files.createDirectories(temp.resolve("recipes"));
        Files.writeString(temp.resolve("recipes/note.yaml"), NOTE);
        Files.writeString(temp.resolve("recipes/failing.yaml"), FAILING);
        Files.writeString(temp.resolve("recipes/north.yaml"), OF_ANOTHER_SHOP);
        return new NodeFixture(temp);
    }

    private List<BindingStatus> status() throws Exception {
        return RecipeBindings.statusOf(RecipeBindings.folderIn(temp.resolve("data")));
    }

    private static String metrics(CommandProcess node) throws Exception {
        Matcher port = Pattern.compile("on port ([0-9]+)").matcher(node.said());
        if (!port.find()) {
            return "";
        }
        URI page = URI.create("http://127.0.0.1:" + port.group(1) + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void completedRuns_startTheirRecipesDespiteFailuresAndKills() throws Exception {
        // Given
        NodeFixture home = home();
        home.dropLogs(2);
        Files.writeString(temp.resolve("wait"), "");
        CommandProcess killed = CommandProcess.up(temp, Optional.empty(), UNTIL_IDLE);
        await().atMost(Duration.ofSeconds(MAX_WAIT_SECONDS))
                .until(() -> home.runFolders() == 2 && Files.exists(temp.resolve("data/recipes/events/note/local")));
        await().atMost(Duration.ofSeconds(MAX_WAIT_SECONDS))
                .until(() -> metrics(killed)
                        .contains("dynoai_recipe_runs_ended_total{outcome=\"failed\",recipe=\"failing\"} 2.0"));
        killed.kill();
        home.dropLog();
        // When
        CommandProcess node = CommandProcess.up(temp, Optional.empty(), UNTIL_IDLE);
        await().atMost(Duration.ofSeconds(MAX_WAIT_SECONDS))
                .until(() -> !node.isAlive() || node.said().contains("ready    drop logs"));
        Files.delete(temp.resolve("wait"));
        int exitCode = node.awaitEnd(MAX_WAIT_SECONDS);
        // Then
        assertThat(exitCode).as(node.said()).isZero();
        home.holdsEveryPromise();
        assertThat(Set.copyOf(Files.readAllLines(temp.resolve("noted"))))
                .as(node.said())
                .hasSize(3);
        assertThat(temp.resolve("north")).doesNotExist();
        assertThat(status())
                .extracting(recipe ->
                        recipe.recipe() + " " + recipe.waiting() + " " + recipe.succeeded() + " " + recipe.failed())
                .containsExactly("failing 0 0 3", "note 0 3 0");
        assertThat(status().get(0).lastFailure()).contains("step a: exit code 7");
        assertThat(node.said()).contains("recipe   failing of local/").contains("failed: step a: exit code 7");
    }

    @Test
    void invalidRecipe_isReportedBeforeTheNodeStarts() throws Exception {
        // Given
        home();
        Files.writeString(temp.resolve("recipes/wrong.yaml"), "on: run-completed\nsteps: [{idx: 1, nmae: a}]\n");
        // When
        CommandProcess node = CommandProcess.up(temp, Optional.empty(), UNTIL_IDLE);
        int exitCode = node.awaitEnd(MAX_WAIT_SECONDS);
        // Then
        assertThat(exitCode).isEqualTo(4);
        assertThat(node.said()).contains("wrong.yaml:2: steps[0].nmae: unknown field");
        assertThat(temp.resolve("data")).doesNotExist();
    }
}
