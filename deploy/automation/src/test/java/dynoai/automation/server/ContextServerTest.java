package dynoai.automation.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ContextServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ContextServer server;
    private Future<?> serving;

    private void start(Optional<Path> file) throws IOException {
        start(new ContextSettings(file, Optional.empty(), ContextSettings.DEFAULT.maxBytes()));
    }

    private void start(ContextSettings settings) throws IOException {
        server = ContextServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), settings);
        serving = threads.submit(() -> {
            server.serve();
            return null;
        });
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
            serving.get();
        }
        threads.shutdownNow();
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private List<String> send(String... lines) throws IOException {
        try (Socket socket = connect()) {
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> received = new ArrayList<>();
            for (String line : lines) {
                socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                received.add(answers.readLine());
            }
            return received;
        }
    }

    @Test
    void veryDeepPath_isAnErrorForItsClientOnly() throws IOException {
        // Given
        start(Optional.of(folder.resolve("state.json")));
        String path = "a.".repeat(100_000) + "a";
        // When
        List<String> received = send("{\"op\":\"set\",\"path\":\"" + path + "\",\"value\":1}", "{\"op\":\"full\"}");
        // Then
        assertThat(received.get(0)).contains("\"ok\":false").contains("at most 200 names");
        assertThat(received.get(1)).isEqualTo("{\"ok\":true,\"value\":{}}");
    }

    @Test
    void everyOperation_answersAsDescribed() throws IOException {
        // Given
        start(Optional.empty());
        // When
        List<String> answers = send(
                "{\"op\":\"set\",\"path\":\"data.user\",\"value\":{\"name\":\"Alice\"}}",
                "{\"op\":\"get\",\"path\":\"data.user.name\"}",
                "{\"op\":\"append\",\"path\":\"data.numbers\",\"value\":1}",
                "{\"op\":\"append\",\"path\":\"data.numbers\",\"value\":2}",
                "{\"op\":\"pop\",\"path\":\"data.numbers\",\"index\":0}",
                "{\"op\":\"pop\",\"path\":\"data.numbers\"}",
                "{\"op\":\"delete\",\"path\":\"data.user\"}",
                "{\"op\":\"get\",\"path\":\"data.user\"}",
                "{\"op\":\"full\"}",
                "{\"op\":\"pop\",\"path\":\"data.numbers\"}",
                "{\"op\":\"sing\"}",
                "{\"op\":\"set\",\"path\":\"x\"}",
                "{\"op\":\"set\",\"path\":\"a..b\",\"value\":1}");
        // Then
        assertThat(answers)
                .containsExactly(
                        "{\"ok\":true,\"value\":{\"name\":\"Alice\"}}",
                        "{\"ok\":true,\"value\":\"Alice\"}",
                        "{\"ok\":true,\"value\":[1]}",
                        "{\"ok\":true,\"value\":[1,2]}",
                        "{\"ok\":true,\"value\":1}",
                        "{\"ok\":true,\"value\":2}",
                        "{\"ok\":true,\"value\":{\"name\":\"Alice\"}}",
                        "{\"ok\":false,\"error\":\"nothing at data.user\"}",
                        "{\"ok\":true,\"value\":{\"data\":{\"numbers\":[]}}}",
                        "{\"ok\":false,\"error\":\"cannot pop -1 from data.numbers: it has 0 elements\"}",
                        "{\"ok\":false,\"error\":\"unknown op 'sing'; there are full, get, set, append, delete and pop\"}",
                        "{\"ok\":false,\"error\":\"the request has no value\"}",
                        "{\"ok\":false,\"error\":\"'a..b' is not a path: names are separated by single dots, as in a.b\"}");
    }

    @Test
    void thousandClientsAtOnce_loseNoUpdate() throws Exception {
        // Given
        start(Optional.of(folder.resolve("values.json")));
        int clients = 1_000;
        List<ContextClient> connected = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            connected.add(ContextClient.connect(server.address(), Optional.empty()));
        }
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> calls = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(32);
        // When
        for (int i = 0; i < clients; i++) {
            int number = i;
            calls.add(pool.submit(() -> {
                go.await();
                connected.get(number).append("all", IntNode.valueOf(number));
                connected.get(number).set("own.k" + number, IntNode.valueOf(number));
                return null;
            }));
        }
        go.countDown();
        for (Future<?> call : calls) {
            call.get();
        }
        pool.shutdown();
        // Then
        Set<Integer> all = new HashSet<>();
        connected.get(0).get("all").forEach(number -> all.add(number.intValue()));
        assertThat(all).hasSize(clients);
        assertThat(connected.get(0).get("own")).hasSize(clients);
        assertThat(JSON.readTree(folder.resolve("values.json").toFile()).path("all"))
                .hasSize(clients);
        for (ContextClient client : connected) {
            client.close();
        }
    }

    @Test
    void invalidHugeAndSilentClients_doNotAffectOtherClients() throws Exception {
        // Given
        start(Optional.empty());
        Socket silent = connect();
        ContextClient polite = ContextClient.connect(server.address(), Optional.empty());
        polite.set("a", IntNode.valueOf(1));
        // When
        List<String> garbage = new ArrayList<>();
        for (String line : List.of("\u0000\u0001", "{", "[1]", "{\"op\":\"get\"} x", "[".repeat(5_000))) {
            garbage.add(exchange(line + "\n{\"op\":\"set\",\"path\":\"a\",\"value\":2}\n"));
        }
        String huge = exchange("x".repeat((1 << 20) + 1));
        List<String> afterwards = send("{\"op\":5}", "   \n{\"op\":\"full\"}");
        // Then
        assertThat(garbage).allMatch(answer -> answer.startsWith("{\"ok\":false,\"error\":"));
        assertThat(garbage).allMatch(answer -> answer.lines().count() == 1);
        assertThat(huge).isEqualTo("{\"ok\":false,\"error\":\"a line is at most 1 MiB\"}\n");
        assertThat(afterwards.get(0)).contains("unknown op '5'");
        assertThat(afterwards.get(1)).isEqualTo("{\"ok\":true,\"value\":{\"a\":1}}");
        assertThat(polite.get("a").intValue()).isEqualTo(1);
        polite.close();
        silent.close();
    }

    /** Sends a text and returns everything that is answered until the server closes the connection. */
    private String exchange(String text) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void httpRequest_hasNoEffect() throws Exception {
        // Given
        start(Optional.empty());
        String body = "{\"op\":\"set\",\"path\":\"csrf.pwned\",\"value\":1}\r\n";
        String request = "POST / HTTP/1.1\r\nHost: evil\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        // When
        String answer = exchange(request);
        // Then
        assertThat(answer)
                .startsWith("{\"ok\":false,\"error\":\"not one JSON object")
                .hasLineCount(1);
        assertThat(send("{\"op\":\"full\"}")).containsExactly("{\"ok\":true,\"value\":{}}");
    }

    @Test
    void requestWithoutTheToken_endsTheConnection() throws Exception {
        // Given
        String token = "0123456789abcdef";
        start(new ContextSettings(Optional.empty(), Optional.of(token), 1 << 20));
        String set = "\"op\":\"set\",\"path\":\"a\",\"value\":1}\n";
        // When
        String without = exchange("{" + set + "{" + set);
        String wrong = exchange("{\"token\":\"0123456789abcdeX\"," + set);
        JsonNode full;
        try (ContextClient client = ContextClient.connect(server.address(), Optional.of(token))) {
            full = client.full();
        }
        // Then
        String refused = "{\"ok\":false,\"error\":\"the token is missing or wrong\"}\n";
        assertThat(without).isEqualTo(refused);
        assertThat(wrong).isEqualTo(refused);
        assertThat(full).isEmpty();
    }

    @Test
    void otherAddressThanLoopback_needsAToken() {
        // Given
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        // When
        Throwable withoutToken = catchThrowable(() -> ContextServer.open(everywhere, ContextSettings.DEFAULT));
        Throwable shortToken = catchThrowable(() -> new ContextSettings(Optional.empty(), Optional.of("short"), 1));
        // Then
        assertThat(withoutToken).hasMessage("0.0.0.0 is not a loopback address, so the server needs a token");
        assertThat(shortToken).hasMessage("the token must have at least 16 characters");
    }

    @Test
    void valuesOverTheLimit_areRejectedUntilSomeAreDeleted() throws Exception {
        // Given
        start(new ContextSettings(Optional.empty(), Optional.empty(), 10_000));
        String value = "\"" + "x".repeat(4_000) + "\"";
        // When
        List<String> answers = send(
                "{\"op\":\"set\",\"path\":\"a\",\"value\":" + value + "}",
                "{\"op\":\"set\",\"path\":\"a\",\"value\":" + value + "}",
                "{\"op\":\"append\",\"path\":\"b\",\"value\":" + value + "}",
                "{\"op\":\"append\",\"path\":\"b\",\"value\":" + value + "}",
                "{\"op\":\"set\",\"path\":\"c\",\"value\":" + value + "}",
                "{\"op\":\"delete\",\"path\":\"a\"}",
                "{\"op\":\"set\",\"path\":\"c\",\"value\":" + value + "}");
        // Then
        assertThat(answers.stream().map(answer -> answer.startsWith("{\"ok\":true")))
                .containsExactly(true, true, true, false, false, true, true);
        assertThat(answers.get(3)).contains("all values together are at most 10000 bytes");
    }

    @Test
    void fileOverTheLimit_isAnError() throws Exception {
        // Given
        Path file = folder.resolve("values.json");
        Files.writeString(file, "{\"a\":\"" + "x".repeat(2_000) + "\"}");
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        start(Optional.empty());
        // When
        Throwable thrown = catchThrowable(
                () -> ContextServer.open(free, new ContextSettings(Optional.of(file), Optional.empty(), 1_000)));
        // Then
        assertThat(thrown).hasMessage("the values have 2008 bytes, more than the limit of 1000 bytes");
    }

    @Test
    void clientThatNeverReads_stopsOnlyItself() throws Exception {
        // Given
        start(Optional.empty());
        ContextClient polite = ContextClient.connect(server.address(), Optional.empty());
        polite.set("big", JSON.valueToTree("x".repeat(500_000)));
        try (Socket greedy = connect()) {
            byte[] requests = "{\"op\":\"full\"}\n".repeat(2_000).getBytes(StandardCharsets.UTF_8);
            greedy.getOutputStream().write(requests);
            // When
            int size = polite.get("big").textValue().length();
            // Then
            assertThat(size).isEqualTo(500_000);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(greedy.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < 100; i++) {
                assertThat(answers.readLine()).hasSizeGreaterThan(500_000);
            }
        }
        polite.close();
    }

    @Test
    void values_surviveARestart() throws Exception {
        // Given
        Path file = folder.resolve("values.json");
        start(Optional.of(file));
        send("{\"op\":\"set\",\"path\":\"a.b\",\"value\":[1,null,\"ü\"]}");
        server.close();
        serving.get();
        // When
        start(Optional.of(file));
        // Then
        assertThat(send("{\"op\":\"full\"}")).containsExactly("{\"ok\":true,\"value\":{\"a\":{\"b\":[1,null,\"ü\"]}}}");
        assertThat(Files.list(folder)).hasSize(2);
    }

    @Test
    void secondServerOfAFile_isAnError() throws Exception {
        // Given
        Path file = folder.resolve("values.json");
        start(Optional.of(file));
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        // When
        Throwable thrown = catchThrowable(
                () -> ContextServer.open(free, new ContextSettings(Optional.of(file), Optional.empty(), 1 << 20)));
        // Then
        assertThat(thrown).hasMessageContaining("another context server keeps its values in " + file);
    }
}
