package dynoai.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import dynoai.automation.server.ContextClient;
import dynoai.dashboard.http.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Attacks on a context server. */
final class ContextAttacks {
    private static final Duration LONGEST_EXCHANGE = Duration.ofMillis(200);
    private static final String KEPT = "kept.numbers";
    private static final String BY_HTTP = "csrf";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> REQUESTS = List.of(
            "{\"op\":\"set\",\"path\":\"a.b\",\"value\":{\"c\":[1,2,3]}}\n",
            "{\"op\":\"append\",\"path\":\"a.list\",\"value\":1}\n",
            "{\"op\":\"pop\",\"path\":\"a.list\",\"index\":0}\n",
            "{\"op\":\"delete\",\"path\":\"a.b\"}\n",
            "{\"op\":\"get\",\"path\":\"a\"}\n",
            "{\"op\":\"full\"}\n");
    private static final List<String> TOKENS = List.of(
            "[".repeat(10_000),
            "{\"a\":".repeat(2000),
            "1e999999",
            "-0",
            "\\u0000",
            "\\ud800",
            "NaN",
            "null",
            "true",
            "\"op\":\"set\",",
            "\"path\":\"..\",",
            "\"index\":-99999999999,",
            "\"token\":\"x\",",
            "x".repeat(100_000),
            "\n",
            "\r\n",
            ",");
    private static final String HTTP = "POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Type: text/plain\r\n\r\n"
            + "{\"op\":\"set\",\"path\":\"" + BY_HTTP + ".pwned\",\"value\":1}\r\n";

    private ContextAttacks() {}

    static List<String> tokens() {
        return TOKENS;
    }

    /** Sends a hostile request; every tenth time another client appends a number. */
    static void mutated(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        if (number % 10 == 0) {
            try (ContextClient client = client(node)) {
                client.append(KEPT, IntNode.valueOf(number));
            }
        }
        String request = mutator.oneOf(REQUESTS);
        if (mutator.chance(0.1)) {
            request = HTTP;
        } else if (mutator.chance(0.02)) {
            request = "x".repeat(2 << 20);
        } else if (mutator.chance(0.9)) {
            request = mutator.mutate(request);
        }
        try (RawClient connection = new RawClient(node.contextPort())) {
            try {
                connection.send(request + "\n{\"op\":\"get\",\"path\":\"none\"}\nend\n");
            } catch (IOException ignored) {
                // The server answered and closed the connection before it read everything.
            }
            for (String line : connection.restWithin(LONGEST_EXCHANGE).lines().toList()) {
                assertThat(JSON.readTree(line).has("ok")).as(request).isTrue();
            }
        }
    }

    private static ContextClient client(NodeUnderAttack node) throws IOException {
        return ContextClient.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), node.contextPort()), Optional.empty());
    }

    static void valuesStay(NodeUnderAttack node) throws Exception {
        try (ContextClient client = client(node)) {
            JsonNode values = client.full();
            assertThat(values.path(BY_HTTP).isMissingNode()).isTrue();
            JsonNode kept = values.at("/" + KEPT.replace('.', '/'));
            for (int i = 0; i < kept.size(); i++) {
                assertThat(kept.get(i).asInt()).isEqualTo(10 * i);
            }
            assertThat(kept.size()).isPositive();
        }
    }
}
