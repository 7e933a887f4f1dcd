package dynoai.app.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dynoai.automation.recipe.Recipe;
import dynoai.automation.run.RecipeEvents;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.automation.run.RecipeSettings;
import dynoai.automation.step.StepCatalog;
import dynoai.dashboard.act.RecipeStarts.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartableRecipesTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(90);

    /** Writes its input to a file; while there is a file {@code wait}, it waits. */
    private static final String GREET = """
            test_meta: {description: Greets}
            steps:
              - idx: 1
                name: greet
                type: shell
                cmd: 'touch begun; while [ -f wait ]; do sleep 0.05; done; echo "$WHO" > greeted; echo "{\\"status\\":\\"ok\\"}"'
                args: {WHO: "${inputs.who}", GREETING: "${inputs.greeting:-hello}"}
            """;

    @TempDir
    private Path folder;

    private final List<String> messages = new CopyOnWriteArrayList<>();

    private StartableRecipes recipes(Map<String, String> texts) throws Exception {
        StepCatalog catalog = RecipeFiles.catalog(List.of());
        List<Recipe> recipes = new ArrayList<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = Files.writeString(folder.resolve(text.getKey()), text.getValue());
            recipes.add(RecipeFiles.recipe(file.toString(), catalog));
        }
        RecipeRunner runner = new RecipeRunner(catalog, new RecipeSettings(folder, 1), RecipeEvents.SILENT);
        return new StartableRecipes(recipes, runner, folder.resolve("recipe-runs"), messages::add);
    }

    private Path run(String id) {
        return folder.resolve("recipe-runs/greet").resolve(id);
    }

    @Test
    void recipe_runsWithItsInputs_whichAreNoCommands() throws Exception {
        // Given
        try (StartableRecipes recipes = recipes(Map.of("greet.yaml", GREET))) {
            // When
            String run = recipes.start("greet", Map.of("who", "$(touch forged) \"; touch forged; ${inputs.x}"))
                    .orElseThrow();
            await().atMost(MAX_WAIT).until(() -> !messages.isEmpty());

            // Then
            assertThat(messages).containsExactly("recipe   greet/" + run + ": done");
            assertThat(folder.resolve("greeted")).hasContent("$(touch forged) \"; touch forged; ${inputs.x}\n");
            assertThat(folder.resolve("forged")).doesNotExist();
            assertThat(run(run).resolve("outcome.json")).content().contains("\"ok\" : true");
            assertThat(recipes.isIdle()).isTrue();
        }
    }

    @Test
    void fourRunsWait_furtherOnesAreNotAccepted_andTheEndCanBeResumed() throws Exception {
        // Given
        Files.writeString(folder.resolve("wait"), "");
        List<Optional<String>> runs = new ArrayList<>();
        StartableRecipes recipes = recipes(Map.of("greet.yaml", GREET));

        // When
        runs.add(recipes.start("greet", Map.of("who", "first")));
        await().atMost(MAX_WAIT).until(() -> Files.exists(folder.resolve("begun")));
        for (int i = 0; i < 5; i++) {
            runs.add(recipes.start("greet", Map.of("who", "waiting")));
        }
        boolean idle = recipes.isIdle();
        recipes.close();
        Optional<String> afterwards = recipes.start("greet", Map.of("who", "late"));

        // Then
        assertThat(runs.subList(0, 5)).allMatch(Optional::isPresent);
        assertThat(runs.get(5)).isEmpty();
        assertThat(afterwards).isEmpty();
        assertThat(idle).isFalse();
        assertThat(folder.resolve("greeted")).doesNotExist();
        for (Optional<String> run : runs.subList(0, 5)) {
            assertThat(RecipeRunFolder.isUnfinished(run(run.orElseThrow()))).isTrue();
        }
        await().atMost(MAX_WAIT).until(() -> messages.toString().contains(": stopped"));
    }

    @Test
    void recipesOfEvents_andThoseThatNeedMoreThanTexts_areNotOffered() throws Exception {
        // Given
        Map<String, String> texts = Map.of(
                "greet.yaml",
                GREET,
                "bound.yaml",
                "on: run-completed\n" + GREET,
                "nested.yaml",
                GREET.replace("inputs.who", "inputs.who.name"),
                "two words.yaml",
                GREET);

        // When
        List<Offered> offered;
        try (StartableRecipes recipes = recipes(texts)) {
            offered = recipes.offered();
        }

        // Then
        assertThat(offered)
                .containsExactly(new Offered(
                        "greet", "Greets", folder.resolve("greet.yaml").toString(), List.of("who")));
    }

    @Test
    void recipesOfTheSameName_areAnError() {
        // Given
        Map<String, String> texts = Map.of("greet.yaml", GREET, "greet.yml", GREET);

        // When, Then
        assertThatThrownBy(() -> recipes(texts)).isInstanceOf(IOException.class).hasMessageContaining("named greet");
    }
}
