package dynoai.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.automation.context.Context;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeLoader;
import dynoai.automation.run.RecipeEvents;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.automation.run.RecipeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs sample recipes from outside the repository, with their Python class names replaced by Java ones. */
@DisabledOnOs(OS.WINDOWS)
class SampleRecipesTest {
    private static final String SAMPLES = "shared/seeds/001_1ab45fad87e7d452.txt";
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static Path samples() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve(SAMPLES))) {
            at = at.getParent();
        }
        assumeTrue(at != null, "skipped: the sample recipes in ../shared are missing");
        return at.resolve(SAMPLES);
    }

    private static List<String> blocks(String language, String containing) throws Exception {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(samples()));
        while (matcher.find()) {
            if (matcher.group(1).equals(language) && matcher.group(2).contains(containing)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    private static String withJavaSteps(String recipe) {
        return recipe.replace("type: python", "type: java")
                .replaceAll("\\n *module: .*", "")
                .replaceAll("class: (\\w+)", "class: dynoai.automation.TestSteps\\$$1")
                .replace("TestSteps$SampleStep", "TestSteps$Sample");
    }

    private RecipeOutcome run(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), yaml);
        Recipe recipe = new RecipeLoader(TestSteps.catalog()).load(file);
        RecipeRunFolder run = RecipeRunFolder.begin(folder.resolve("run"), recipe, new Context().toMap());
        return new RecipeRunner(TestSteps.catalog(), new RecipeSettings(folder, 2), RecipeEvents.SILENT)
                .run(recipe, run);
    }

    private void script(String name, String text) throws Exception {
        Path script = folder.resolve("orchestrator/scriptlets/shell").resolve(name);
        Files.createDirectories(script.getParent());
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void sampleRecipe_runsWithTwoMoreSteps() throws Exception {
        // Given
        String example = blocks("yaml", "sample_shell").get(0);
        String javaStep = blocks("yaml", "- idx: 3").get(0).indent(2);
        String shellStep = blocks("yaml", "- idx: 4").get(0).indent(2);
        script("sample.sh", "#!/usr/bin/env bash\nprintf '{\"status\":\"ok\",\"echo\":\"%s\"}' \"$ECHO_TEXT\"\n");
        script("count-lines.sh", blocks("bash", "# NAME: count-lines.sh").get(0));
        Files.createDirectories(folder.resolve("orchestrator/Data"));
        Files.writeString(folder.resolve("orchestrator/Data/file.txt"), "1\n2\n3\n");
        // When
        RecipeOutcome outcome = run(withJavaSteps(example + javaStep + shellStep));
        // Then
        assertThat(outcome.message()).isEmpty();
        assertThat(outcome.context().get("sample.message_v1").asText()).isEqualTo("Hello");
        assertThat(outcome.context().get("steps.sample_python.result_v1").toString())
                .isEqualTo("{\"status\":\"ok\",\"recorded_key\":\"sample.message_v1\"}");
        assertThat(outcome.context().get("steps.sample_shell.result_v1.echo").asText())
                .isEqualTo("World");
        assertThat(outcome.context().get("metrics.message_length_v1").asInt()).isEqualTo(9);
        assertThat(outcome.context().get("steps.count_lines.result_v1.lines").asInt())
                .isEqualTo(3);
    }

    @Test
    void demoRecipe_runs() throws Exception {
        // When
        RecipeOutcome outcome =
                run(withJavaSteps(blocks("yaml", "test_id: DEMO1").get(0)));
        // Then
        assertThat(outcome.message()).isEmpty();
        assertThat(outcome.context().get("metrics.message_length_v1").asInt()).isEqualTo("Hello World".length());
    }
}
