package dynoai.automation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dynoai.automation.TestSteps;
import dynoai.automation.context.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(180)
@Tag("long")
class RecipeRunnerTest {
    @TempDir
    Path folder;

    private RecipeFixture recipes;

    @BeforeEach
    void setUp() {
        recipes = new RecipeFixture(folder);
    }

    @Test
    void functions_areSteps() throws Exception {
        // Given
        String yaml = """
                steps:
                  - {idx: 1, name: a, type: java, class: dynoai.automation.TestSteps$Functions, method: twice, params: {value: 4}}
                  - idx: 2
                    name: b
                    type: java
                    class: dynoai.automation.TestSteps$Functions
                    method: record
                    params: {text: "twice is ${steps.a.result_v1.value}"}
                  - idx: 3
                    name: c
                    type: java
                    class: dynoai.automation.TestSteps$Functions
                    method: fails
                    params: {address: here}
                """;
        // When
        RecipeOutcome outcome = recipes.run(yaml);
        // Then
        assertThat(outcome.context().get("recorded_v1").asText()).isEqualTo("twice is 8.0");
        assertThat(outcome.message()).isEqualTo("step c: IOException: no dyno at here");
    }

    @Test
    void stepsRunInOrderOfIdx_andPassValuesOn() throws Exception {
        // Given
        String yaml = """
                steps:
                  - idx: 20
                    name: length
                    type: java
                    class: dynoai.automation.TestSteps$ComputeMessageLength
                    params: {message: "${sample.message_v1} ${steps.sample.result_v1.status} ${nothing:-x} $${y}"}
                  - idx: 3
                    name: sample
                    type: java
                    class: dynoai.automation.TestSteps$Sample
                    params: {message: Hello}
                """;
        // When
        RecipeOutcome outcome = recipes.run(yaml);
        // Then
        assertThat(outcome.message()).isEmpty();
        assertThat(outcome.context().get("sample.message_v1").asText()).isEqualTo("Hello");
        assertThat(outcome.context().get("steps.length.result_v1.length").asInt())
                .isEqualTo("Hello ok x ${y}".length());
        assertThat(outcome.context().getHistory("sample.message_v1")).hasSize(1);
        assertThat(Files.readString(folder.resolve("run/logs/sample.log")))
                .contains("| INFO | sample | message recorded")
                .contains("{\"metric\":\"resource_usage\",\"function\":\"sample\",\"seconds\":")
                .contains("\"rss_delta\":")
                .contains("\"heap_current\":")
                .contains("\"heap_peak\":");
    }

    @Test
    void firstFailure_stopsTheRecipe() throws Exception {
        // Given
        String yaml = """
                steps:
                  - {idx: 1, name: a, type: java, class: "dynoai.automation.TestSteps$Sample", params: {message: x}}
                  - {idx: 2, name: b, type: java, class: "dynoai.automation.TestSteps$Sample", params: {message: 5}}
                  - {idx: 3, name: c, type: java, class: "dynoai.automation.TestSteps$Sample", params: {message: x}}
                """;
        // When
        RecipeOutcome outcome = recipes.run(yaml);
        // Then
        assertThat(outcome.ok()).isFalse();
        assertThat(outcome.message()).isEqualTo("step b: params.message: must be text, is 5");
        assertThat(outcome.context().has("steps.a.result_v1")).isTrue();
        assertThat(recipes.events).noneMatch(event -> event.startsWith("start c"));
    }

    @Test
    void missingReference_namesStepAndField() throws Exception {
        // Given
        String yaml = """
                steps:
                  - {idx: 1, name: a, type: shell, cmd: "echo '{}'", args: {X: "${no.such}"}}
                """;
        // When
        RecipeOutcome outcome = recipes.run(yaml);
        // Then
        assertThat(outcome.message()).isEqualTo("step a: args.X: the Context has nothing at 'no.such'");
    }

    @Test
    void retry_startsFromTheContextBeforeTheFirstAttempt() throws Exception {
        // Given
        String yaml = """
                steps:
                  - idx: 1
                    name: a
                    type: java
                    class: dynoai.automation.TestSteps$Stubborn
                    retries: 2
                    params: {file: "%s", tries: 3}
                """.formatted(folder.resolve("tries"));
        // When
        RecipeOutcome outcome = recipes.run(yaml);
        // Then
        assertThat(outcome.ok()).isTrue();
        assertThat(outcome.context().get("tries").toString()).isEqualTo("[3]");
        assertThat(recipes.events)
                .containsSubsequence("failed a 1 not yet", "start a 2", "failed a 2 not yet", "start a 3");
    }

    @Test
    void unmetSuccessCriterion_failsTheStep() throws Exception {
        // Given
        String yaml = """
                steps:
                  - idx: 1
                    name: a
                    type: shell
                    cmd: 'echo x > made-$N; echo "{\\"status\\":\\"ok\\"}"'
                    args: {N: "7"}
                    success: {files_exist: [made-7], ctx_has_keys: [steps.a.result_v1.status]}
                  - idx: 2
                    name: b
                    type: shell
                    cmd: 'echo "{\\"status\\":\\"ok\\"}"'
                    success: {ctx_has_keys: [steps.b.result_v1.lines]}
                """;
        // When
        RecipeOutcome outcome = recipes.run(yaml);
        // Then
        assertThat(outcome.message())
                .isEqualTo("step b: success.ctx_has_keys: the Context has nothing at 'steps.b.result_v1.lines'");
        assertThat(outcome.context().has("steps.a.result_v1")).isTrue();
        assertThat(outcome.context().has("steps.b.result_v1")).isFalse();
    }

    @Test
    void javaStepThatNeverEnds_timesOut() throws Exception {
        // Given
        String yaml = """
                steps:
                  - {idx: 1, name: a, type: java, class: "dynoai.automation.TestSteps$Waits", timeout: 0.2}
                """;
        // When
        RecipeOutcome outcome = recipes.run(yaml);
        // Then
        assertThat(outcome.message()).isEqualTo("step a: timed out after 0.2 s");
    }

    @Test
    void loop_runsUntilTheValueIsSmall_andKeepsEachRound() throws Exception {
        // Given
        String yaml = loop(20);
        // When
        RecipeOutcome outcome = recipes.run(yaml);
        // Then
        assertThat(outcome.message()).isEmpty();
        assertThat(outcome.context().get("steps.tune.result_v1.rounds").asInt()).isEqualTo(4);
        assertThat(outcome.context()
                        .get("steps.tune.round_1.half.result_v1.value")
                        .asDouble())
                .isEqualTo(4.0);
        assertThat(outcome.context()
                        .get("steps.tune.round_4.half.result_v1.value")
                        .asDouble())
                .isEqualTo(0.5);
        assertThat(outcome.context().get("steps.half.result_v1.value").asDouble())
                .isEqualTo(0.5);
        assertThat(outcome.context().get("steps.after.result_v1.seen").asText()).isEqualTo("4");
    }

    @Test
    void loopThatReachesItsLimit_fails() throws Exception {
        // When
        RecipeOutcome outcome = recipes.run(loop(3));
        // Then
        assertThat(outcome.message())
                .isEqualTo(
                        "step tune: after 3 rounds steps.half.result_v1.value less than 1.0 does not hold; it is 1.0");
    }

    private static String loop(int max) {
        return """
                steps:
                  - idx: 1
                    name: tune
                    repeat: {until: {key: steps.half.result_v1.value, less_than: 1.0}, max: %d}
                    steps:
                      - idx: 1
                        name: half
                        type: java
                        class: dynoai.automation.TestSteps$Halve
                        params: {value: "${number}"}
                  - idx: 2
                    name: after
                    type: shell
                    cmd: 'echo "{\\"status\\":\\"ok\\",\\"seen\\":\\"$ROUNDS\\"}"'
                    args: {ROUNDS: "${steps.tune.result_v1.rounds}"}
                  - idx: 0
                    name: first
                    type: java
                    class: dynoai.automation.TestSteps$Halve
                    params: {value: 16}
                """.formatted(max);
    }

    static IntStream graphs() {
        return IntStream.range(0, Integer.getInteger("dynoai.graphs", 60));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void randomGraph_endsTheSameWithOneAndEightWorkers(int graph) throws Exception {
        // Given
        String yaml = randomGraph(new Random(20260101 + graph));
        RecipeOutcome one = recipes.run(yaml, 1, "one");
        // When
        RecipeOutcome eight = recipes.run(yaml, 8, "eight");
        // Then
        assertThat(eight.ok()).as(eight.message()).isTrue();
        assertThat(eight.context().toMap()).as(yaml).isEqualTo(one.context().toMap());
        assertThat(history(eight)).isEqualTo(history(one));
    }

    private static List<String> history(RecipeOutcome outcome) {
        return outcome.context().getHistory("shared.last").stream()
                .map(change -> change.who() + change.oldValue())
                .toList();
    }

    private static String randomGraph(Random random) {
        int steps = 2 + random.nextInt(11);
        List<Integer> idx = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            idx.add(i);
        }
        Collections.shuffle(idx, random);
        StringBuilder yaml = new StringBuilder("steps:\n");
        for (int i = 0; i < steps; i++) {
            List<String> needs = new ArrayList<>();
            for (int k = 0; k < i; k++) {
                if (random.nextInt(4) == 0) {
                    needs.add("s" + k);
                }
            }
            yaml.append("  - {idx: " + idx.get(i) + ", name: s" + i
                    + ", type: java, class: \"dynoai.automation.TestSteps$Mix\", params: {me: s" + i + "}, needs: "
                    + needs
                    + "}\n");
        }
        return yaml.toString();
    }

    @Test
    void secondRunOfTheSameFolder_runsOnlyWhatIsMissing() throws Exception {
        // Given
        String yaml = """
                steps:
                  - {idx: 1, name: a, type: java, class: "dynoai.automation.TestSteps$Sample", params: {message: x}}
                  - {idx: 2, name: b, type: shell, cmd: 'test -f go && echo "{\\"status\\":\\"ok\\"}"'}
                """;
        RecipeOutcome first = recipes.run(yaml);
        Files.writeString(folder.resolve("go"), "");
        recipes.events.clear();
        // When
        RecipeOutcome second = recipes.run(yaml);
        // Then
        assertThat(first.ok()).isFalse();
        assertThat(second.ok()).as(second.message()).isTrue();
        assertThat(recipes.events).startsWith("resumed a", "start b 1");
        assertThat(second.context().get("sample.message_v1").asText()).isEqualTo("x");
    }

    @Test
    void changedRecipe_isNotResumed() throws Exception {
        // Given
        String yaml = "steps: [{idx: 1, name: a, type: shell, cmd: 'exit 1'}]";
        recipes.run(yaml);
        // When
        Throwable thrown = catchThrowable(() -> recipes.run(yaml + "\n"));
        // Then
        assertThat(thrown).hasMessageContaining("another version of r.yaml");
    }

    @Test
    void plan_showsTheStepsWithSecretsHidden() throws Exception {
        // Given
        String yaml = """
                steps:
                  - {idx: 1, name: a, type: shell, cmd: ./a.sh, args: {X: "1", API_TOKEN: hush}, needs: []}
                  - {idx: 2, name: b, type: shell, cmd: ./b.sh, needs: [], timeout: 5, retries: 2}
                  - idx: 3
                    name: loop
                    repeat: {until: {key: k, exists: true}, max: 4}
                    steps: [{idx: 1, name: c, type: java, class: "dynoai.automation.TestSteps$Waits"}]
                """;
        // When
        String plan = RecipePlan.of(TestSteps.recipe(yaml), new Context().toMap());
        // Then
        assertThat(plan).isEqualTo("""
                recipe r
                  1 a
                      shell ./a.sh
                      {"X":"1","API_TOKEN":"***"}
                  2 b
                      shell ./b.sh
                      timeout 5.0 s
                      retried up to 2 times
                  3 loop after a, b
                      repeat at most 4 times until k exists true
                      1 c
                          java dynoai.automation.TestSteps$Waits
                """);
    }
}
