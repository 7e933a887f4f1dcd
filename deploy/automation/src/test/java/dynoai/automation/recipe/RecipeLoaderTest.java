package dynoai.automation.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dynoai.automation.TestSteps;
import dynoai.automation.recipe.RecipeStep.Leaf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeLoaderTest {
    private static final String SAMPLE = "class: dynoai.automation.TestSteps$Sample";

    private static List<String> problems(String yaml) {
        InvalidRecipeException thrown =
                catchThrowableOfType(InvalidRecipeException.class, () -> TestSteps.recipe(yaml));
        return thrown.problems().stream().map(RecipeProblem::toString).toList();
    }

    @Test
    void everyProblem_isReportedWithFileLineAndField() {
        // Given
        String yaml = """
                test_meta:
                  tester: 7
                  nickname: x
                steps:
                  - idx: 1
                    name: one
                    type: java
                    class: no.such.Step
                  - idx: 1
                    name: one
                    type: shell
                    cmd: [a]
                    timeout: -1
                    colour: red
                  - idx: two
                    name: "a b"
                    type: python
                  - idx: 4
                    name: four
                    type: shell
                    cmd: x
                    args: { "A-B": 1, C: [1] }
                    retries: 1.5
                    needs: [absent]
                """;
        // When
        List<String> problems = problems(yaml);
        // Then
        assertThat(problems)
                .anyMatch(p -> p.startsWith("r.yaml:2: test_meta.tester: must be text, is 7"))
                .anyMatch(p -> p.startsWith("r.yaml:3: test_meta.nickname: unknown field"))
                .anyMatch(p -> p.startsWith("r.yaml:8: steps[0].class: unknown step 'no.such.Step'"))
                .anyMatch(p -> p.startsWith("r.yaml:9: steps[1].idx: 1 is already the idx of the step in line 5"))
                .anyMatch(p -> p.startsWith("r.yaml:10: steps[1].name: 'one' is already the name"))
                .anyMatch(p -> p.startsWith("r.yaml:12: steps[1].cmd: must be text, is a list"))
                .anyMatch(p -> p.startsWith("r.yaml:13: steps[1].timeout: must be a number of seconds greater than 0"))
                .anyMatch(p -> p.startsWith("r.yaml:14: steps[1].colour: unknown field"))
                .anyMatch(p -> p.startsWith("r.yaml:15: steps[2].idx: must be a whole number"))
                .anyMatch(p -> p.startsWith("r.yaml:16: steps[2].name: 'a b' is not a valid name"))
                .anyMatch(p -> p.startsWith("r.yaml:17: steps[2].type: unknown type 'python'"))
                .anyMatch(p -> p.contains("steps[3].args.A-B: is not a name of an environment variable"))
                .anyMatch(p -> p.contains("steps[3].args.C: must be one value"))
                .anyMatch(p -> p.startsWith("r.yaml:23: steps[3].retries: must be a whole number"))
                .anyMatch(p -> p.contains("needs: there is no step 'absent' here"));
    }

    @Test
    void fileOverItsLimit_isAProblem(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("big.yaml");
        Files.writeString(file, "steps: \"" + "x".repeat(5_000_000) + "\"\n");
        // When
        InvalidRecipeException thrown = catchThrowableOfType(
                InvalidRecipeException.class, () -> new RecipeLoader(TestSteps.catalog()).load(file));
        // Then
        assertThat(thrown).hasMessage(file + ":1: the file is larger than 262144 bytes");
    }

    @Test
    void repeatedKeyAndSecondDocument_areProblems() {
        // When
        List<String> repeated = problems("steps: []\nsteps: []\n");
        List<String> second = problems("steps: []\n---\nsteps: []\n");
        // Then
        assertThat(repeated).containsExactly("r.yaml:2: steps: given twice");
        assertThat(second).containsExactly("r.yaml:2: a second document; there may be only one");
    }

    @Test
    void cycle_isShownStepByStep() {
        // Given
        String yaml = """
                steps:
                  - {idx: 1, name: a, type: shell, cmd: x, needs: [c]}
                  - {idx: 2, name: b, type: shell, cmd: x, needs: [a]}
                  - {idx: 3, name: c, type: shell, cmd: x, needs: [b]}
                """;
        // When
        List<String> problems = problems(yaml);
        // Then
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0))
                .startsWith("r.yaml:2: steps.a.needs: a cycle: a waits for c waits for b waits for a");
    }

    @Test
    void yaml11Values_areReadAsYaml12() throws InvalidRecipeException {
        // Given
        String yaml = """
                %YAML 1.2
                ---
                on: run-completed
                steps:
                  - idx: 010
                    name: one
                    type: java
                    class: dynoai.automation.TestSteps$Sample
                    params: {message: yes, octal: 0o10, hex: 0x10, plain: 010, time: 12:30, thousand: 1_000,
                             off: off, none: ~, quoted: "1", date: 2026-01-31, point: .5, y: n, <<: x}
                """;
        // When
        Recipe recipe = TestSteps.recipe(yaml);
        // Then
        assertThat(recipe.binding()).isPresent();
        assertThat(recipe.steps().get(0).head().idx()).isEqualTo(10);
        assertThat(((Leaf) recipe.steps().get(0)).inputs())
                .hasToString("{\"message\":\"yes\",\"octal\":8,\"hex\":16,\"plain\":10,\"time\":\"12:30\","
                        + "\"thousand\":\"1_000\",\"off\":\"off\",\"none\":null,\"quoted\":\"1\",\"date\":\"2026-01-31\","
                        + "\"point\":0.5,\"y\":\"n\",\"<<\":\"x\"}");
    }

    @Test
    void builtInSteps_areCheckedDownToTheirParameters() {
        // Given
        String yaml = """
                steps:
                  - idx: 1
                    name: a
                    type: java
                    class: analyze
                    params:
                      cvs: log.csv
                      options: {clamp: 7, smoothness: 1}
                  - idx: 2
                    name: b
                    type: java
                    class: ve-apply
                    params: {base: b.csv, factor: "${steps.a.result_v1.delta}", output: 5, max_adjust_pct: "${x}"}
                """;
        // When
        List<String> problems = problems(yaml);
        // Then
        assertThat(problems).hasSize(4);
        assertThat(problems)
                .anyMatch(p -> p.startsWith("r.yaml:7: steps[0].params.cvs: unknown parameter of analyze"))
                .anyMatch(p -> p.contains("steps[0].params.options.smoothness: there is no analysis option"))
                .anyMatch(p -> p.contains("steps[0].params.csv: missing"))
                .anyMatch(p -> p.startsWith("r.yaml:13: steps[1].params.output: must be text"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none|class X has no method 'none'; its functions are both, fails, record, twice",
                "both|class X has both both(Context, Params) and both(Params); a step needs one of them",
                "notStatic|method notStatic of class X is not a step: it must be static, take (Context, Params) or (Params)"
            })
    void methodThatIsNotOneFunction_isAProblem(String method, String problem) {
        // Given
        String type = "dynoai.automation.TestSteps$Functions";
        String yaml = "steps:\n- {idx: 1, name: a, type: java, class: " + type + ", method: " + method + "}\n";
        // When
        List<String> problems = problems(yaml);
        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("r.yaml:2: steps[0].method: " + problem.replace("X", type));
    }

    @Test
    void groups_mustSayHowTheyRepeat() {
        // Given
        String yaml = """
                steps:
                  - idx: 1
                    name: loop
                    repeat: {until: {key: a, less_than: x, exists: true}, max: 0}
                    steps: []
                  - idx: 2
                    name: other
                    repeat: {max: 3}
                  - idx: 3
                    name: third
                    repeat: {until: {key: a, exists: true, after: loop}, max: many}
                    steps: [{idx: 1, name: a, type: shell, cmd: 'true'}]
                """;
        // When
        List<String> problems = problems(yaml);
        // Then
        assertThat(problems)
                .anyMatch(p -> p.contains("repeat.until.key: needs exactly one of less_than, equals and exists"))
                .anyMatch(p -> p.contains("repeat.max: must be a whole number from 1 to 10000"))
                .anyMatch(p -> p.contains("steps[0].steps: has no step"))
                .anyMatch(p -> p.contains("steps[1].repeat.until: missing"))
                .anyMatch(p -> p.contains("steps[1].steps: missing"))
                .anyMatch(p -> p.contains("steps[2].repeat.until.after: there is no step 'loop' in this group"))
                .anyMatch(p -> p.contains("steps[2].repeat.max: must be a whole number from 1 to 10000, is \"many\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|the file is empty",
                "a: [1\\nb: 2|r.yaml:2: not valid YAML",
                "steps: 5|must be a list of steps",
                "- 1|must be a mapping",
                "a: 1\\n---\\nb: 2|r.yaml:2: a second document",
                "steps: &a [*a]|no value with the anchor",
                "steps:\\n- {idx: 1, name: x, type: shell, cmd: x, idx: 2}|steps[0].idx: given twice",
                "a: !!int 5|has no meaning"
            })
    void textThatIsNotARecipe_isRejectedWithALine(String yaml, String problem) {
        // When
        List<String> problems = problems(yaml.replace("\\n", "\n"));
        // Then
        assertThat(problems).first().asString().startsWith("r.yaml:").contains(problem);
    }

    @Test
    void aliasBomb_isRejectedQuickly() {
        // Given
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "x]\n");
        }
        // When
        List<String> problems = problems(yaml.toString());
        // Then
        assertThat(problems).hasSize(1);
    }

    @Test
    void randomBytes_areRejectedOrRead() {
        // Given
        Random random = new Random(7);
        RecipeLoader loader = new RecipeLoader(TestSteps.catalog());
        byte[] sound = ("steps:\n- idx: 1\n  name: a\n  type: java\n  " + SAMPLE + "\n  params: {message: x}\n")
                .getBytes(StandardCharsets.UTF_8);
        int rejected = 0;
        // When
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = sound.clone();
            for (int k = 0; k < 1 + i % 4; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                loader.load(Path.of("f"), bytes);
            } catch (InvalidRecipeException e) {
                rejected++;
            }
        }
        // Then
        assertThat(rejected).isBetween(1_000, 3_000);
    }
}
