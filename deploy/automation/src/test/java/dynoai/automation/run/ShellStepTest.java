package dynoai.automation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.automation.context.Context;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class ShellStepTest {
    @TempDir
    Path folder;

    private RecipeFixture recipes;

    @BeforeEach
    void setUp() {
        recipes = new RecipeFixture(folder);
    }

    private RecipeOutcome runScript(String script, String more) throws Exception {
        Files.writeString(folder.resolve("step.sh"), script);
        return recipes.run("steps:\n  - {idx: 1, name: a, type: shell, cmd: 'bash step.sh'" + more + "}\n");
    }

    @Test
    void timeout_endsGrandchildrenToo() throws Exception {
        // Given
        String script = """
                ( sh -c 'echo $$ > grandchild; exec sleep 300' & )
                sleep 300 &
                echo $! > child
                trap '' TERM
                while ! test -s grandchild; do sleep 0.05; done
                while true; do sleep 1; done
                """;
        // When
        RecipeOutcome outcome = runScript(script, ", timeout: 1.0");
        // Then
        assertThat(outcome.message()).startsWith("step a: timed out after 1.0 s");
        for (String file : new String[] {"child", "grandchild"}) {
            long pid = Long.parseLong(Files.readString(folder.resolve(file)).strip());
            ProcessHandle.of(pid).ifPresent(this::awaitEnd);
        }
    }

    @ParameterizedTest
    @CsvSource({"sleep 300, ', timeout: 1.0'", "true, ''"})
    @EnabledOnOs(OS.LINUX)
    void processThatLeftTheSession_endsWithTheStep(String rest, String more) throws Exception {
        // Given
        String script = "setsid -f sh -c 'echo $$ > escaped; exec sleep 300'\n"
                + "while ! test -s escaped; do sleep 0.05; done\n" + rest + "\necho '{\"status\":\"ok\"}'\n";
        // When
        RecipeOutcome outcome = runScript(script, more);
        // Then
        assertThat(outcome.ok()).as(outcome.message()).isEqualTo(more.isEmpty());
        long pid = Long.parseLong(Files.readString(folder.resolve("escaped")).strip());
        ProcessHandle.of(pid).ifPresent(this::awaitEnd);
    }

    private void awaitEnd(ProcessHandle process) {
        try {
            // a zombie counts as ended
            String state = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            if (!state.contains(") Z ")) {
                process.onExit().get(60, TimeUnit.SECONDS);
            }
        } catch (IOException ignored) { // it has ended
            return;
        } catch (Exception e) {
            throw new AssertionError("process " + process.pid() + " is still there", e);
        }
    }

    @Test
    void backgroundProcessThatKeepsTheOutputOpen_doesNotDelayTheStep() throws Exception {
        // When
        RecipeOutcome outcome = runScript("sleep 300 &\necho '{\"status\":\"ok\"}'\n", "");
        // Then
        assertThat(outcome.ok()).as(outcome.message()).isTrue();
    }

    @Test
    void outputOverOneMebibyte_failsAndShowsItsStart() throws Exception {
        // When
        RecipeOutcome outcome = runScript("echo -n '{\"status\":\"ok\",\"x\":\"'; yes | tr -d '\\n'", "");
        // Then
        assertThat(outcome.message())
                .startsWith("step a: standard output is longer than 1 MiB; it begins '{\"status\":\"ok\",\"x\":\"yyyy")
                .hasSizeLessThan(400);
    }

    @Test
    void outputOfExactlyOneMebibyte_succeeds() throws Exception {
        // When
        RecipeOutcome outcome = runScript(
                "printf '{\"status\":\"ok\",\"x\":\"'; head -c " + ((1 << 20) - 23)
                        + " /dev/zero | tr '\\0' y; printf '\"}'",
                "");
        // Then
        assertThat(outcome.ok()).as(outcome.message()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "[1]", "hello there", "{\"a\":1,\"a\":2}", "{\"status\":\"ok\"} x"})
    void outputThatIsNotExactlyOneObject_failsAndShowsItsStart(String output) throws Exception {
        // Given
        String recipe = "steps:\n- idx: 1\n  name: a\n  type: shell\n  args: {OUT: '" + output
                + "'}\n  cmd: 'printf %s \"$OUT\"'\n";
        // When
        RecipeOutcome outcome = recipes.run(recipe);
        // Then
        assertThat(outcome.message())
                .isEqualTo("step a: standard output is not exactly one JSON object; it begins '" + output + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true|standard output is empty; it must be exactly one JSON object",
                "echo '{\"status\":\"ok\"}'; exit 3|exit code 3: the result is ignored",
                "echo '{\"status\":\"error\",\"reason\":\"missing file\"}'; exit 1|exit code 1: missing file",
                "echo '{\"status\":\"bad\"}'|the result's status is \"bad\"",
                "echo '{}'|the result has no status; it must be ok or success"
            })
    void commandWithoutASuccessfulResult_fails(String script, String message) throws Exception {
        // When
        RecipeOutcome outcome = runScript(script, "");
        // Then
        assertThat(outcome.message()).isEqualTo("step a: " + message);
    }

    @Test
    void secrets_areInNoLogAndNoMessage() throws Exception {
        // Given
        String script = """
                echo "the token is $API_TOKEN" >&2
                printf '%s' "$API_TOKEN" >&2
                echo "$NOTE"
                printf '{"a": "%s"' "$DB_PASSWORD"
                """;
        // When
        RecipeOutcome outcome = runScript(
                script, ", args: {API_TOKEN: 's3cr\"et-value', DB_PASSWORD: p4ssw0rd, NOTE: 'carries p4ssw0rd'}");
        // Then
        String everything = recipes.logs()
                + recipes.events
                + outcome.message()
                + Files.readString(folder.resolve("run/outcome.json"));
        assertThat(everything).contains("the token is ***").contains("***");
        assertThat(everything).doesNotContain("p4ssw0rd").doesNotContain("s3cr");
    }

    @Test
    void secretsOfFinishedSteps_areInNoLogOfTheResumedRun() throws Exception {
        // Given
        String recipe = """
                steps:
                  - {idx: 1, name: key, type: shell, cmd: 'echo "{\\"status\\":\\"ok\\",\\"v\\":\\"hush-hush\\"}"'}
                  - {idx: 2, name: a, type: shell, cmd: 'echo "{\\"status\\":\\"ok\\"}"',
                     args: {API_TOKEN: "${steps.key.result_v1.v}"}}
                  - {idx: 3, name: b, type: shell, cmd: 'echo "got $TEXT" >&2; test -f go && echo "{\\"status\\":\\"ok\\"}"',
                     args: {TEXT: "${steps.key.result_v1.v}"}}
                """;
        recipes.run(recipe);
        Files.writeString(folder.resolve("go"), "");
        Files.delete(folder.resolve("run/logs/key.log"));
        // When
        RecipeOutcome outcome = recipes.run(recipe);
        // Then
        assertThat(outcome.ok()).as(outcome.message()).isTrue();
        assertThat(recipes.logs()).contains("got ***").doesNotContain("hush-hush");
    }

    @Test
    void secretOfTheContextUnderAnotherName_isInNoLogAndNoMessage() throws Exception {
        // Given
        Context start = new Context();
        start.set("inputs.API_TOKEN", "hunter2-secret-value", "test");
        start.set("inputs.mail.smtpPassword", "open-sesame", "test");
        start.set("inputs.signing_key", 4711_0815, "test");
        String recipe = """
                steps:
                  - {idx: 1, name: a, type: shell, cmd: 'echo "with $P and $Q and $R" >&2; echo "$OUT"',
                     args: {P: "${inputs.API_TOKEN}", Q: "${inputs.mail.smtpPassword}", R: "${inputs.signing_key}",
                            OUT: '{"status":"ok","seen":"${inputs.API_TOKEN}","session_token":"made-by-the-step"}'}}
                  - {idx: 2, name: b, type: shell, cmd: 'echo "bad $S"', args: {S: "${steps.a.result_v1.session_token}"}}
                """;
        // When
        RecipeOutcome outcome = recipes.run(recipe, start.toMap());
        // Then
        String everything = recipes.logs()
                + recipes.events
                + outcome.message()
                + outcome.shown()
                + Files.readString(folder.resolve("run/outcome.json"));
        assertThat(everything).contains("with *** and *** and ***", "it begins 'bad ***");
        assertThat(everything).doesNotContain("hunter2-secret-value", "open-sesame", "47110815", "made-by-the-step");
    }

    @Test
    void runFolder_isReadableByItsOwnerOnly() throws Exception {
        // When
        runScript("echo '{\"status\":\"ok\"}'", "");
        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run"))))
                .isEqualTo("rwx------");
    }

    @Test
    void standardError_goesToTheStepsLog() throws Exception {
        // When
        RecipeOutcome outcome = runScript(
                "echo line one >&2\nhead -c 100000 /dev/zero | tr '\\0' x >&2\necho '{\"status\":\"success\"}'", "");
        // Then
        assertThat(outcome.ok()).isTrue();
        assertThat(recipes.logs()).contains("| INFO | a | line one").contains("left out");
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-command-here, exit code 127: a command was not found; see ",
        "/etc/passwd, exit code 126: a command is not executable; see ",
        "exit 9, exit code 9: standard output is empty; it must be exactly one JSON object; see "
    })
    void commandThatDoesNotRun_isNamedWithTheLog(String command, String message) throws Exception {
        // When
        RecipeOutcome outcome = recipes.run("steps: [{idx: 1, name: a, type: shell, cmd: '" + command + "'}]");
        // Then
        assertThat(outcome.message()).isEqualTo("step a: " + message + " " + folder.resolve("run/logs/a.log"));
    }

    @Test
    void relativeScript_isInTheFolderOfTheRecipe() throws Exception {
        // Given
        Path there = Files.createDirectory(folder.resolve("re cipes'"));
        script(there.resolve("where.sh"), "recipe");
        script(there.resolve("both.sh"), "recipe");
        script(folder.resolve("both.sh"), "working folder");
        script(folder.resolve("only.sh"), "working folder");
        String yaml = """
                steps:
                  - {idx: 1, name: a, type: shell, cmd: './where.sh 1 && true'}
                  - {idx: 2, name: b, type: shell, cmd: './both.sh'}
                  - {idx: 3, name: c, type: shell, cmd: './only.sh'}
                  - {idx: 4, name: d, type: shell, cmd: './../both.sh'}
                """;
        // When
        RecipeOutcome outcome = recipes.run(there.resolve("r.yaml"), yaml);
        // Then
        assertThat(outcome.message()).isEmpty();
        assertThat(List.of("a", "b", "c", "d"))
                .extracting(step ->
                        outcome.context().get("steps." + step + ".result_v1.in").asText())
                .containsExactly("recipe", "recipe", "working folder", "working folder");
        assertThat(outcome.context().get("steps.a.result_v1.pwd").asText()).isEqualTo(folder.toString());
    }

    private static void script(Path file, String in) throws Exception {
        Files.writeString(
                file, "#!/bin/sh\nprintf '{\"status\":\"ok\",\"in\":\"" + in + "\",\"pwd\":\"%s\"}' \"$PWD\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** Sends requests to the step's Context and prints the answers. */
    private static final String CLIENT = """
            exec 3<> "/dev/tcp/$DYNOAI_CONTEXT_HOST/$DYNOAI_CONTEXT_PORT"
            ask() {
              echo "{\\"token\\":\\"$DYNOAI_CONTEXT_TOKEN\\",$1}" >&3
              IFS= read -r answer <&3
              echo "$answer"
            }
            """;

    @Test
    void shellStep_readsAndChangesTheContext() throws Exception {
        // Given
        Context start = new Context();
        start.set("inputs.rider", "Alice", "test");
        Files.writeString(folder.resolve("step.sh"), CLIENT + """
                ask '"op":"get","path":"inputs.rider"' >&2
                ask '"op":"set","path":"laps.best_v1","value":93.5' >&2
                echo "the token is $DYNOAI_CONTEXT_TOKEN" >&2
                echo '{"status":"ok"}'
                """);
        String yaml = """
                steps:
                  - {idx: 1, name: a, type: shell, cmd: 'bash step.sh'}
                  - {idx: 2, name: b, type: shell, cmd: 'echo "{\\"status\\":\\"ok\\",\\"best\\":$BEST}"', args: {BEST: "${laps.best_v1}"}}
                """;
        // When
        RecipeOutcome outcome = recipes.run(yaml, start.toMap());
        // Then
        assertThat(outcome.message()).isEmpty();
        assertThat(recipes.logs())
                .contains("{\"ok\":true,\"value\":\"Alice\"}", "{\"ok\":true,\"value\":93.5}", "the token is ***");
        assertThat(outcome.context().get("steps.b.result_v1.best").asDouble()).isEqualTo(93.5);
        assertThat(outcome.context().getHistory("laps.best_v1").get(0).who()).isEqualTo("a");
    }

    @Test
    void changesOfAFailedShellStep_doNotCount() throws Exception {
        // Given
        Files.writeString(folder.resolve("step.sh"), CLIENT + """
                ask '"op":"append","path":"tries_v1","value":1' >&2
                test -f second && echo '{"status":"ok"}'
                touch second
                """);
        // When
        RecipeOutcome outcome = recipes.run("steps: [{idx: 1, name: a, type: shell, cmd: 'bash step.sh', retries: 1}]");
        // Then
        assertThat(outcome.message()).isEmpty();
        assertThat(outcome.context().get("tries_v1")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"sleep 300, ', timeout: 1.0'", "true, ''"})
    void serverOfTheContext_isClosedWhenTheStepEnds(String rest, String more) throws Exception {
        // Given
        String script = "printf %s \"$DYNOAI_CONTEXT_PORT\" > port\n" + rest + "\n";
        // When
        runScript(script, more);
        // Then
        int port = Integer.parseInt(Files.readString(folder.resolve("port")));
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }
}
