package dynoai.app.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.agent.AgentEvents;
import dynoai.app.CommandLineRun;
import dynoai.app.console.Console;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The command without an intake. AgentTest tests the agent with one. */
final class AgentCommandTest {
    @TempDir
    private Path temp;

    private CommandLineRun agent(String... more) throws Exception {
        Path token = Files.writeString(temp.resolve("token"), "dyn_abcdefghijkl_0123456789\n");
        String[] arguments = {
            "agent",
            "--to=http://127.0.0.1:9",
            "--token-file=" + token,
            "--drop=" + temp.resolve("drop"),
            "--results=" + temp.resolve("results"),
            "--data=" + temp.resolve("data"),
            "--settle=0",
            "--poll=0.02",
            "--take-existing",
            "--exit-when-idle=0.2"
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandLineRun.of(all);
    }

    @Test
    void badLog_isRejectedWithoutAnIntake() throws Exception {
        // Given
        Path drop = Files.createDirectories(temp.resolve("drop"));
        Files.writeString(drop.resolve("bad.csv"), "time,speed\n1,2\n");
        // When
        CommandLineRun run = agent();
        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("Z ready    drop logs into ").contains("Z rejected bad.csv: MISSING_COLUMNS");
    }

    @Test
    void status_showsFolderAndConnection() throws Exception {
        // Given
        Path drop = Files.createDirectories(temp.resolve("drop"));
        Files.writeString(drop.resolve("bad.csv"), "time,speed\n1,2\n");
        agent();
        // When
        CommandLineRun status = CommandLineRun.of("agent", "status", "--data=" + temp.resolve("data"));
        // Then
        assertThat(status.exitCode()).isZero();
        assertThat(status.out())
                .contains("intake   http://127.0.0.1:9: not connected")
                .contains("1 rejected")
                .contains("rejected bad.csv: MISSING_COLUMNS (");
    }

    @Test
    void statusAsJson_hasCountsAndConnection() throws Exception {
        // Given
        agent();
        // When
        CommandLineRun status = CommandLineRun.of("agent", "status", "--json", "--data=" + temp.resolve("data"));
        // Then
        assertThat(status.out()).contains("\"connected\": false", "\"waiting\": 0", "\"running\": true");
    }

    @Test
    void statusWithoutAnAgent_saysSo() {
        // When
        CommandLineRun status = CommandLineRun.of("agent", "status", "--data=" + temp.resolve("data"));
        // Then
        assertThat(status.exitCode()).isEqualTo(2);
        assertThat(status.err()).contains("no agent ran on the data directory");
    }

    @Test
    void plainHttp_isRejected() throws Exception {
        // Given
        Path token = Files.writeString(temp.resolve("token"), "dyn_abcdefghijkl_0123456789\n");
        // When
        CommandLineRun run = CommandLineRun.of("agent", "--to=http://192.0.2.1", "--token-file=" + token);
        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("would send the token unprotected");
    }

    @Test
    void resultsInTheDropFolder_areRejected() throws Exception {
        // When
        CommandLineRun run = agentWithResults(temp.resolve("drop/results"));
        // Then
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("must be neither in the drop folder nor around it");
    }

    private CommandLineRun agentWithResults(Path results) throws Exception {
        Path token = Files.writeString(temp.resolve("token"), "dyn_abcdefghijkl_0123456789\n");
        return CommandLineRun.of(
                "agent",
                "--to=http://127.0.0.1:9",
                "--token-file=" + token,
                "--drop=" + temp.resolve("drop"),
                "--results=" + results,
                "--data=" + temp.resolve("data"),
                "--exit-when-idle=0.2");
    }

    @Test
    void lines_sayWhatHappensToTheConnection() {
        // Given
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(new ByteArrayOutputStream(), err);
        AgentEvents lines = new AgentLines(console, () -> Instant.parse("2026-03-01T09:30:00Z"));
        // When
        lines.disconnected("https://h cannot be reached");
        lines.connected();
        // Then
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("2026-03-01T09:30:00Z intake   https://h cannot be reached; trying again, logs wait\n"
                        + "2026-03-01T09:30:00Z intake   connected\n");
    }

    @ParameterizedTest
    @CsvSource({"700,700", "500K,500000", "2M,2000000", "1G,1000000000"})
    void rate_isInBytes(String text, long bytes) {
        assertThat(new ByteRate().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "fast", "-1", "5k", "1.5M", "9999999999"})
    void otherRate_isRejected(String text) {
        assertThatThrownBy(() -> new ByteRate().convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
