package dynoai.app.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.app.DynoAi;
import dynoai.app.console.Console;
import dynoai.automation.server.ContextServer;
import dynoai.automation.server.ContextSettings;
import dynoai.schemas.file.SecretFile;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@Tag("process")
class ContextCommandsTest {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private ContextServer server;
    private Future<?> serving;
    private String token = "";

    @BeforeEach
    void serveWithoutToken() throws Exception {
        serve(ContextSettings.DEFAULT);
    }

    private void serve(ContextSettings settings) throws Exception {
        server = ContextServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), settings);
        serving = thread.submit(() -> {
            server.serve();
            return null;
        });
    }

    @AfterEach
    void stop() throws Exception {
        stopServer();
        thread.shutdown();
    }

    private void stopServer() throws Exception {
        server.close();
        serving.get();
    }

    private String dynoai(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("context"));
        all.addAll(List.of(args));
        all.addAll(List.of("--port", "" + server.address().getPort()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = DynoAi.run(all.toArray(String[]::new), Console.of(out, new ByteArrayOutputStream()));
        return (exitCode + " " + out.toString(StandardCharsets.UTF_8)).strip();
    }

    @Test
    void address_isThatOfTheFlagsElseOfTheEnvironment() throws Exception {
        // Given
        Map<String, String> environment = Map.of("DYNOAI_CONTEXT_HOST", "127.0.0.2", "DYNOAI_CONTEXT_PORT", "99");
        // When
        List<InetSocketAddress> addresses = List.of(
                ContextAddress.of("127.0.0.3", 11, environment),
                ContextAddress.of(null, null, environment),
                ContextAddress.of(null, null, Map.of()));
        // Then
        assertThat(addresses)
                .containsExactly(
                        new InetSocketAddress("127.0.0.3", 11),
                        new InetSocketAddress("127.0.0.2", 99),
                        new InetSocketAddress("127.0.0.1", 7878));
        assertThatThrownBy(() -> ContextAddress.of(null, null, Map.of("DYNOAI_CONTEXT_PORT", "70000")))
                .hasMessage("DYNOAI_CONTEXT_PORT must be a port, is '70000'");
    }

    @Test
    void everyOperation_isACommand() throws Exception {
        // When
        List<String> answers = List.of(
                dynoai("set", "data.user", "{\"name\":\"Alice\"}"),
                dynoai("get", "data.user.name"),
                dynoai("append", "data.numbers", "1"),
                dynoai("append", "data.numbers", "-2"),
                dynoai("pop", "data.numbers", "0"),
                dynoai("pop", "data.numbers", "-1"),
                dynoai("delete", "data.user"),
                dynoai("get", "data.user"),
                dynoai("full"),
                dynoai("set", "x", "{"));
        // Then
        assertThat(answers)
                .containsExactly(
                        "0 {\"name\":\"Alice\"}",
                        "0 \"Alice\"",
                        "0 [1]",
                        "0 [1,-2]",
                        "0 1",
                        "0 -2",
                        "0 {\"name\":\"Alice\"}",
                        "4",
                        "0 {\"data\":{\"numbers\":[]}}",
                        "1");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shellClient_makesTheSameCalls() throws Exception {
        // When
        List<String> answers = List.of(
                shell("set", "data.user", "{\"name\":\"Alice\"}"),
                shell("get", "data.user"),
                shell("append", "data.numbers", "1"),
                shell("append", "data.numbers", "2"),
                shell("pop", "data.numbers", "0"),
                shell("pop", "data.numbers"),
                shell("delete", "data.user"),
                shell("get", "a \"quoted\"\\ name"),
                shell("full"));
        // Then
        assertThat(answers)
                .containsExactly(
                        "0 {\"ok\":true,\"value\":{\"name\":\"Alice\"}}",
                        "0 {\"ok\":true,\"value\":{\"name\":\"Alice\"}}",
                        "0 {\"ok\":true,\"value\":[1]}",
                        "0 {\"ok\":true,\"value\":[1,2]}",
                        "0 {\"ok\":true,\"value\":1}",
                        "0 {\"ok\":true,\"value\":2}",
                        "0 {\"ok\":true,\"value\":{\"name\":\"Alice\"}}",
                        "1 {\"ok\":false,\"error\":\"nothing at a \\\"quoted\\\"\\\\ name\"}",
                        "0 {\"ok\":true,\"value\":{\"data\":{\"numbers\":[]}}}");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void clients_sendTheToken(@TempDir Path folder) throws Exception {
        // Given
        stopServer();
        Path tokenFile = folder.resolve("token");
        token = SecretFile.readOrCreate(tokenFile).text();
        serve(new ContextSettings(Optional.empty(), Optional.of(token), 1 << 20));
        // When
        List<String> answers = List.of(
                dynoai("set", "a", "1", "--token-file", tokenFile.toString()),
                dynoai("get", "a"),
                shell("get", "a"),
                shell("full"));
        // Then
        assertThat(answers)
                .containsExactly("0 1", "4", "0 {\"ok\":true,\"value\":1}", "0 {\"ok\":true,\"value\":{\"a\":1}}");
    }

    @Test
    void serverOffLoopback_needsAToken() throws Exception {
        // When
        String answer = dynoai("serve", "--host", "0.0.0.0");
        // Then
        assertThat(answer).isEqualTo("1");
    }

    private String shell(String... args) throws Exception {
        Path script = Path.of("").toAbsolutePath();
        while (!Files.exists(script.resolve("deploy/automation/recipes/update_state.sh"))) {
            script = script.getParent();
        }
        List<String> command = new ArrayList<>(List.of(
                "bash",
                script.resolve("deploy/automation/recipes/update_state.sh").toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DYNOAI_CONTEXT_PORT", "" + server.address().getPort());
        builder.environment().put("DYNOAI_CONTEXT_TOKEN", token);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + out.strip();
    }
}
