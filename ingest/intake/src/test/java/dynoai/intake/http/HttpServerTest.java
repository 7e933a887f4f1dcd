package dynoai.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Role;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpServerTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final HttpLimits PATIENT = new HttpLimits(100, 4096, LONG, LONG, LONG, 1, 50, 50);
    private static final String KNOWN = "Authorization: known\r\n";
    private static final int LARGE = 20_000_000;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final List<BodyEnd> ends = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Reply>> held = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /open,        '',    200, ''",
        "GET,  /runs/a-1,    known, 200, ''",
        "GET,  /runs/a-1,    '',    401, UNAUTHORIZED",
        "GET,  /none,        '',    401, UNAUTHORIZED",
        "GET,  /none,        known, 404, NOT_FOUND",
        "POST, /runs/a-1,    known, 405, METHOD_NOT_ALLOWED",
        "GET,  /operate,     known, 403, FORBIDDEN",
        "GET,  /operate/a-1, known, 404, NOT_FOUND",
        "GET,  /runs/%2e%2e, known, 400, INVALID_REQUEST",
        "GET,  /runs/a%2fb,  known, 400, INVALID_REQUEST",
        "GET,  /runs/a?x=1&x=2, known, 400, INVALID_REQUEST",
        "GET,  /runs/%zz,    known, 400, INVALID_REQUEST",
        "GET,  /bug,         known, 500, INTERNAL_ERROR",
        "GET,  /unavailable, known, 503, UNAVAILABLE",
    })
    void request_hasTheStatusAndCode(String method, String path, String credential, int status, String code)
            throws IOException {
        // Given
        start(PATIENT);

        // When
        String answer = send(method + " " + path, credential.isEmpty() ? "" : KNOWN, "");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).contains(code.isEmpty() ? "200" : "\"code\": \"" + code + "\"");
        assertThat(answer).doesNotContain("Exception").doesNotContain("secret of the house");
    }

    @ParameterizedTest(name = "{0} with a body of {2} bytes")
    @CsvSource({
        "/body,  '',    10,       401",
        "/body,  '',    20000000, 401",
        "/none,  known, 10,       404",
        "/none,  known, 20000000, 404",
        "/taken, known, 10,       409",
        "/taken, known, 20000000, 409",
    })
    void replyBeforeTheBodyWasRead_leavesAUsableConnectionOrEndsIt(
            String path, String credential, int bytes, int status) throws Exception {
        // Given
        start(PATIENT);
        String head = "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + (credential.isEmpty() ? "" : KNOWN)
                + "Content-Length: " + bytes + "\r\n\r\n";
        String next = "GET /open HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

        // When
        String answer;
        try (RawClient client = new RawClient(server.port())) {
            client.trySend(head + "x".repeat(Math.min(bytes, 100)) + (bytes > 100 ? "" : next));
            answer = client.rest();
        }

        // Then
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer)
                .satisfiesAnyOf(
                        sent -> assertThat(sent)
                                .contains("Connection: close\r\n")
                                .doesNotContain("200 OK"),
                        sent -> assertThat(sent).contains("HTTP/1.1 200 OK"));
    }

    @Test
    void clientThatAsksFirst_sendsNoBodyThatIsNotWanted() throws Exception {
        // Given
        start(PATIENT);

        // When
        String answer;
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /body HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
            answer = client.rest();
        }

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 401 ")
                .contains("Connection: close")
                .doesNotContain("100 Continue");
    }

    @Test
    void client_usesItsConnectionsAfterRepliesToUnreadBodies() throws Exception {
        // Given
        start(PATIENT);
        HttpClient client = HttpClient.newHttpClient();
        List<Integer> statuses = new ArrayList<>();

        // When
        for (int i = 0; i < 50; i++) {
            for (String path : List.of("/body", "/none", "/taken")) {
                HttpRequest.Builder request = HttpRequest.newBuilder(
                                URI.create("http://localhost:" + server.port() + path))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[i * 100]));
                if (!path.equals("/body")) {
                    request.header("Authorization", "known");
                }
                statuses.add(client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode());
            }
        }

        // Then
        assertThat(statuses).containsOnly(401, 404, 409).hasSize(150);
    }

    @Test
    void unavailableService_saysWhenToTryAgain() throws IOException {
        // Given
        start(PATIENT);

        // When
        String answer = send("GET /unavailable", KNOWN, "");

        // Then
        assertThat(answer).contains("Retry-After: 5");
        assertThat(notes).contains("failed StoreUnavailableException", "replied 503 UNAVAILABLE");
    }

    @Test
    void headersOfARoute_areInErrorsToo() throws IOException {
        // Given
        start(PATIENT);

        // When
        List<String> answers = List.of(
                send("POST /body", KNOWN + "Content-Length: 2\r\n", "ab"),
                send("POST /body", "Content-Length: 2\r\n", "ab"),
                send("GET /body", KNOWN, ""));

        // Then
        assertThat(answers).allMatch(answer -> answer.contains("X-Always: yes"));
    }

    @Test
    void headersThatAreTooLarge_areAnErrorLikeOthers() throws IOException {
        // Given
        start(PATIENT);

        // When
        String answer = send("GET /open", "X-Large: " + "x".repeat(8192) + "\r\n", "");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 431 ").contains("HEADERS_TOO_LARGE");
    }

    @Test
    void largeReply_isSentWhole() throws IOException {
        // Given
        start(PATIENT);

        // When
        String answer = send("GET /large", KNOWN, "");

        // Then
        assertThat(answer).contains("Content-Length: " + LARGE).hasSizeGreaterThan(LARGE);
    }

    @Test
    void bodyThatIsCut_endsWithWhatArrived() throws Exception {
        // Given
        start(PATIENT);

        // When
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /body HTTP/1.1\r\nHost: a\r\n" + KNOWN + "Content-Length: 9\r\n\r\nabc");
        }

        // Then
        await().untilAsserted(() -> assertThat(ends).containsExactly(BodyEnd.CUT));
    }

    @Test
    void bodyThatArrivesTooSlowly_isStopped() throws Exception {
        // Given
        start(new HttpLimits(100, 4096, LONG, LONG, SHORT, 1 << 30, 50, 50));

        // When
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /body HTTP/1.1\r\nHost: a\r\n" + KNOWN + "Content-Length: 999999999\r\n\r\n");
            client.sendUntilClosed("x");

            // Then
            await().untilAsserted(() -> assertThat(ends).containsExactly(BodyEnd.TOO_SLOW));
            assertThat(notes).contains("replied 408 REQUEST_TOO_SLOW");
        }
    }

    @Test
    void bodyThatStops_isCut() throws Exception {
        // Given
        start(new HttpLimits(100, 4096, SHORT, LONG, LONG, 1, 50, 50));

        // When
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /body HTTP/1.1\r\nHost: a\r\n" + KNOWN + "Content-Length: 9\r\n\r\nabc");

            // Then
            await().untilAsserted(() -> assertThat(ends).containsExactly(BodyEnd.CUT));
        }
    }

    @Test
    void headThatDoesNotEnd_isCutOff() throws Exception {
        // Given
        start(new HttpLimits(100, 4096, LONG, SHORT, LONG, 1, 50, 50));

        // When
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /open HTTP/1.1\r\nX-Slow: ");

            // Then
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void replyThatTakesLongerThanTheIdleTimeout_isSent() throws Exception {
        // Given
        start(new HttpLimits(100, 4096, SHORT, SHORT, LONG, 1, 50, 50));
        try (RawClient client = new RawClient(server.port())) {
            // When
            client.send("GET /late HTTP/1.1\r\nHost: a\r\n" + KNOWN + "Connection: close\r\n\r\n");

            // Then
            assertThat(client.rest()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void fullServer_closesTheConnectionThatWaitedLongest() throws Exception {
        // Given
        start(new HttpLimits(2, 4096, LONG, LONG, LONG, 1, 50, 50));
        try (RawClient longest = new RawClient(server.port())) {
            await().until(() -> server.connections() == 1);
            try (RawClient second = new RawClient(server.port())) {
                await().until(() -> server.connections() == 2);

                // When
                String answer = send("GET /open", "", "");

                // Then
                assertThat(answer).startsWith("HTTP/1.1 200 ");
                assertThat(longest.rest()).isEmpty();
                second.send("GET /open HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                assertThat(second.status()).isEqualTo(200);
            }
        }
    }

    @Test
    void shopWithTooManyRequestsInProgress_waits() throws Exception {
        // Given
        start(new HttpLimits(100, 4096, LONG, LONG, LONG, 1, 2, 1));
        try (RawClient first = new RawClient(server.port());
                RawClient second = new RawClient(server.port())) {
            first.send("GET /held HTTP/1.1\r\nHost: a\r\n" + KNOWN + "\r\n");
            second.send("GET /held HTTP/1.1\r\nHost: a\r\n" + KNOWN + "\r\n");
            await().until(() -> held.size() == 2);

            // When
            List<String> answers = List.of(
                    send("GET /runs/a-1", KNOWN, ""),
                    send("GET /runs/a-1", "Authorization: other\r\n", ""),
                    send("GET /open", "", ""));

            // Then
            assertThat(answers.get(0)).startsWith("HTTP/1.1 429 ").contains("QUOTA_EXCEEDED", "Retry-After: 2");
            assertThat(answers.subList(1, 3)).allMatch(answer -> answer.startsWith("HTTP/1.1 200 "));
            held.forEach(reply -> reply.complete(Reply.empty(204)));
            await().untilAsserted(
                            () -> assertThat(send("GET /runs/a-1", KNOWN, "")).startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void clientThatReadsNothing_isADownloadInProgress() throws Exception {
        // Given
        start(new HttpLimits(100, 4096, LONG, LONG, LONG, 1, 50, 1));
        try (RawClient slow = new RawClient(server.port())) {
            slow.send("GET /large HTTP/1.1\r\nHost: a\r\n" + KNOWN + "\r\n");
            await().until(() -> notes.contains("replied 200"));

            // When
            String answer = send("GET /large", KNOWN, "");

            // Then
            assertThat(answer).startsWith("HTTP/1.1 429 ");
            assertThat(send("GET /runs/a-1", KNOWN, "")).startsWith("HTTP/1.1 200 ");
        }
        await().untilAsserted(() -> assertThat(send("GET /large", KNOWN, "")).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void errorWhileABodyArrives_endsTheRequest() throws Exception {
        // Given
        start(PATIENT);
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST /error HTTP/1.1\r\nHost: a\r\n" + KNOWN + "Connection: close\r\nContent-Length: 3\r\n\r\n");
            await().until(() -> notes.contains("receiving"));

            // When
            client.send("abc");

            // Then
            assertThat(client.status()).isEqualTo(500);
            assertThat(notes).contains("failed OutOfMemoryError");
        }
    }

    @Test
    void errorAtTheEndOfABody_endsTheRequest() throws IOException {
        // Given
        start(PATIENT);

        // When
        String answer = send("POST /error-at-end", KNOWN + "Content-Length: 0\r\n", "");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 500 ");
    }

    private static void outOfMemory() {
        throw new OutOfMemoryError("no heap");
    }

    private void start(HttpLimits limits) throws IOException {
        Set<Role> drop = Set.of(Role.DROP);
        List<Route> routes = List.of(
                Route.open("GET", "/open", exchange -> done(Reply.json(200, Map.of("status", "200")))),
                Route.of(
                        "GET",
                        "/runs/{run_id}",
                        drop,
                        exchange -> done(Reply.json(200, Map.of("run", exchange.parameter("run_id"))))),
                Route.of("GET", "/operate", Set.of(Role.OPERATE), exchange -> done(Reply.empty(204))),
                Route.of("GET", "/operate/{id}", Set.of(Role.OPERATE), exchange -> done(Reply.empty(204))),
                Route.of("POST", "/taken", drop, exchange -> {
                    throw new RequestException(ErrorCode.RUN_ID_CONFLICT, "there is another one");
                }),
                Route.of("GET", "/bug", drop, exchange -> {
                    throw new IllegalStateException("secret of the house");
                }),
                Route.of(
                        "GET",
                        "/unavailable",
                        drop,
                        exchange -> CompletableFuture.failedFuture(
                                new StoreUnavailableException("secret of the house", null))),
                Route.of("POST", "/error", drop, exchange -> {
                    CompletionStage<BodyEnd> end = exchange.receive(bytes -> outOfMemory());
                    notes.add("receiving");
                    return end.thenApply(each -> Reply.empty(204));
                }),
                Route.of(
                        "POST",
                        "/error-at-end",
                        drop,
                        exchange -> Failures.ended(exchange.receive(bytes -> {}), (end, failure) -> {
                            outOfMemory();
                            return Reply.empty(204);
                        })),
                Route.of("GET", "/held", drop, exchange -> {
                    CompletableFuture<Reply> reply = new CompletableFuture<>();
                    held.add(reply);
                    return reply;
                }),
                Route.download(
                        "/large",
                        drop,
                        exchange -> done(Reply.of(
                                200,
                                new Reply.Content.Stream(
                                        "text/plain", LARGE, new ByteArrayInputStream(new byte[LARGE]))))),
                Route.of(
                        "GET",
                        "/late",
                        drop,
                        exchange -> new CompletableFuture<Reply>()
                                .completeOnTimeout(Reply.empty(200), 4 * SHORT.toMillis(), TimeUnit.MILLISECONDS)),
                Route.of(
                                "POST",
                                "/body",
                                drop,
                                exchange -> exchange.receive(bytes -> bytes.position(bytes.limit()))
                                        .thenCompose(end -> Failures.completed(() -> {
                                            ends.add(end);
                                            Exchange.requireWhole(end);
                                            return Reply.empty(204);
                                        })))
                        .with(Map.of("X-Always", "yes")));
        Gate gate = exchange -> {
            if (exchange.header("Authorization").isEmpty()) {
                throw new RequestException(ErrorCode.UNAUTHORIZED, "no valid credential");
            }
            return new Caller(exchange.header("Authorization").get(), drop, "abc");
        };
        ExchangeListener listener = new ExchangeListener() {
            @Override
            public void replied(Exchange exchange, int status, Optional<ErrorCode> code) {
                notes.add("replied " + status + code.map(name -> " " + name).orElse(""));
            }

            @Override
            public void failed(Exchange exchange, Throwable cause) {
                notes.add("failed " + cause.getClass().getSimpleName());
            }
        };
        server = HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                limits,
                routes,
                gate,
                listener);
    }

    private static CompletableFuture<Reply> done(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    private String send(String line, String headers, String body) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(line + " HTTP/1.1\r\nHost: a\r\n" + headers + "Connection: close\r\n\r\n" + body);
            return client.rest();
        }
    }
}
