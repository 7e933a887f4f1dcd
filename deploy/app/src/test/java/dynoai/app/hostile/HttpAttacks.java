package dynoai.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.dashboard.http.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Attacks on the page, the API, health and metrics. */
final class HttpAttacks {
    private static final Duration LONGEST_EXCHANGE = Duration.ofMillis(300);
    private static final int SMALL_WINDOW = 2048;
    private static final Pattern SERVER_ERROR = Pattern.compile("(?m)^HTTP/1\\.1 5(?!03)\\d\\d");
    private static final String DONE = "\"done\":\"";
    private static final Pattern INJECTED = Pattern.compile("(?mi)^x-injected:");
    private static final String LAST = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final List<String> PATHS = List.of(
            "/",
            "/api/v1/runs",
            "/api/v1/shops",
            "/api/v1/events",
            "/api/v1/runs/good/RUN",
            "/api/v1/runs/good/RUN/files/data.csv",
            "/api/v1/runs/good/RUN/files/manifest.json",
            "/api/v1/runs/good/RUN/timeline",
            "/api/v1/cells/good/default",
            "/api/v1/acts",
            "/api/v1/acts/drop?name=stolen.csv&shop=good",
            "/api/v1/acts/requeue",
            "/api/v1/acts/apply",
            "/api/v1/audit",
            "/api/v1/rejected/RUN/log",
            "/api/v1/tables/good/RUN/RUN/new.csv",
            "/health/live",
            "/health/ready",
            "/metrics");
    private static final List<String> TOKENS = List.of(
            "..%2f..%2f",
            "%2e%2e/%2e%2e/",
            "..\\..\\",
            "%c0%ae%c0%ae/",
            "%252e%252e%252f",
            "%00",
            "%0d%0aX-Injected:%201",
            "\r\nX-Injected: 1",
            "\r\nContent-Length: 5",
            "\r\nContent-Length: +5",
            "\r\nContent-Length: -1",
            "\r\nContent-Length: 99999999999999999999",
            "\r\nTransfer-Encoding: chunked",
            "\r\nTransfer-Encoding: xchunked",
            "\r\nHost: evil.example",
            "\r\n Folded: 1",
            "\r\nRange: bytes=0-0,-1,5-2",
            "\r\nIf-Modified-Since: never",
            "\r\nAccept-Encoding: gzip;q=-1",
            "\r\nExpect: 100-continue",
            "\r\nUpgrade: h2c",
            "\r\nOrigin: http://evil.example",
            "\r\nOrigin: http://localhost\r\nX-DynoAI-Secret: guessed\r\nContent-Length: 0",
            "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 99999",
            "\n\n",
            "?page=-1&page=999999999999",
            "?token=x",
            " HTTP/9.9\r\n",
            "mailto:a@b",
            "http://evil.example/",
            "\u0016\u0003\u0001",
            "A".repeat(20_000),
            "X: y\r\n".repeat(300),
            "é");

    private HttpAttacks() {}

    static List<String> tokens() {
        return TOKENS;
    }

    static void mutated(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        String run = mutator.oneOf(node.shop().runs()).getFileName().toString();
        String path = mutator.oneOf(PATHS).replace("RUN", run);
        if (mutator.chance(0.4)) {
            path = path.substring(0, mutator.below(path.length()) + 1)
                    + (mutator.chance(0.5) ? mutator.oneOf(node.folders().paths()) : mutator.oneOf(TOKENS));
        }
        String method = mutator.chance(0.8) ? "GET" : mutator.oneOf(List.of("HEAD", "POST", "TRACE", "get", "PRI", ""));
        String header = mutator.chance(0.4) ? mutator.oneOf(TOKENS) : "";
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost" + header + "\r\n\r\n";
        if (mutator.chance(0.5)) {
            request = mutator.mutate(request);
        }
        String answer = exchange(mutator.chance(0.3) ? node.healthPort() : node.pagePort(), request);
        assertThat(answer)
                .as(request)
                .doesNotContainPattern(SERVER_ERROR)
                .doesNotContainPattern(INJECTED)
                .doesNotContain(DONE)
                .matches(text -> text.isEmpty() || text.startsWith("HTTP/1.1 "), "is HTTP or nothing")
                .matches(text -> !Surroundings.isLeak(text), "has nothing of a canary");
    }

    /** Sends a request and a second one that ends the connection if the first one is complete. */
    private static String exchange(int port, String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            try {
                client.send(request + LAST);
            } catch (IOException ignored) {
                // The server answered and closed the connection before it read everything.
            }
            return client.restWithin(LONGEST_EXCHANGE);
        }
    }

    static void held(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        int port = number % 3 == 0 ? node.healthPort() : node.pagePort();
        RawClient half = new RawClient(port);
        node.hold(half);
        half.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
        RawClient deaf = new RawClient(port, SMALL_WINDOW);
        node.hold(deaf);
        deaf.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
}
