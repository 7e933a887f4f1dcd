package dynoai.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostTest {
    private static final long MAX_WAIT_SECONDS = 60;
    private static final String TOKEN = "a-token-of-some-length";
    private static final String SECRET = "the-secret-of-this-start";
    private static final String HOST = "Host: localhost:8080\r\n";
    private static final String ORIGIN = "Origin: http://localhost:8080\r\n";
    private static final String GIVEN_SECRET = "X-DynoAI-Secret: " + SECRET + "\r\n";
    private static final String TYPE = "Content-Type: application/json\r\n";
    private static final int MAX_BYTES = 1_000_000;

    private final List<String> denials = new CopyOnWriteArrayList<>();
    private final Semaphore discarded = new Semaphore(0);
    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private WebServer server;

    /** Takes JSON at every path and answers with its length. */
    private final Handler handler = new Handler() {
        @Override
        public Response answer(Request request) {
            return Response.text(200, "page");
        }

        @Override
        public Body receive(Post post) throws HttpException {
            if (post.request().path().get(0).equals("page")) {
                throw HttpException.notAllowed("GET, HEAD");
            }
            post.check("application/json", MAX_BYTES);
            return new Body() {
                private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

                @Override
                public void write(ByteBuffer part) throws IOException {
                    byte[] copy = new byte[part.remaining()];
                    part.get(copy);
                    bytes.write(copy);
                    if (bytes.toString(StandardCharsets.US_ASCII).contains("full")) {
                        throw new IOException("the disk is full");
                    }
                }

                @Override
                public Response answer() {
                    return Response.text(200, bytes.size() + " bytes of " + post.sender());
                }

                @Override
                public void discard() {
                    discarded.release();
                }
            };
        }

        @Override
        public void refused(String path, String sender, int status, String why) {
            denials.add(path + " " + sender + " " + status);
        }
    };

    @BeforeEach
    void start() throws IOException {
        server = server(null, Limits.PAGE);
    }

    private WebServer server(@Nullable String token, Limits limits) throws IOException {
        Access access = Access.ofPage(loopback, token, List.of("dyno.shop")).withPosts(SECRET);
        return WebServer.start(loopback, 0, access, handler, limits);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String post(String headers, String body) {
        return "POST /act HTTP/1.1\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private Map<String, Integer> statuses(Map<String, Integer> requests) throws IOException {
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (String request : requests.keySet()) {
            statuses.put(request, RawClient.status(server.port(), request));
        }
        return statuses;
    }

    @Test
    void postOfTheOwnPage_isTaken() throws Exception {
        // Given
        String all = GIVEN_SECRET + TYPE;
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (String headers : new String[] {
            HOST + ORIGIN + all,
            HOST + "Sec-Fetch-Site: same-origin\r\n" + all,
            HOST + ORIGIN + "Sec-Fetch-Site: same-origin\r\n" + all,
            HOST + ORIGIN + GIVEN_SECRET + "Content-Type: Application/JSON; charset=utf-8\r\n",
            "Host: 127.0.0.1:1\r\nOrigin: https://dyno.shop\r\nSec-Fetch-Site: same-origin\r\n" + all,
            "Host: [::1]:1\r\nOrigin: http://[::1]:1\r\n" + all,
        }) {
            expected.put(post(headers, "{}"), 200);
        }

        // When
        Map<String, Integer> statuses = statuses(expected);

        // Then
        assertThat(statuses).isEqualTo(expected);
        assertThat(denials).isEmpty();
    }

    @Test
    void postOfAnother_isForbidden_andRecorded() throws Exception {
        // Given
        String all = GIVEN_SECRET + TYPE;
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put(post("Host: evil.example\r\n" + ORIGIN + all, "{}"), 421);
        for (String headers : new String[] {
            HOST + all,
            HOST + ORIGIN + TYPE,
            HOST + ORIGIN + TYPE + "X-DynoAI-Secret: " + SECRET + "x\r\n",
            HOST + ORIGIN + TYPE + "X-DynoAI-Secret: \r\n",
            HOST + "Origin: null\r\n" + all,
            HOST + "Origin: http://evil.example\r\n" + all,
            HOST + "Origin: http://localhost:8081\r\n" + all,
            HOST + "Origin: http://localhost:8080.evil.example\r\n" + all,
            HOST + "Origin: localhost:8080\r\n" + all,
            HOST + "Origin: http://dyno.shop\r\n" + all,
            HOST + "Origin: http://evil.example\r\nSec-Fetch-Site: same-origin\r\n" + all,
            HOST + ORIGIN + "Sec-Fetch-Site: cross-site\r\n" + all,
            HOST + ORIGIN + "Sec-Fetch-Site: same-site\r\n" + all,
            HOST + ORIGIN + "Sec-Fetch-Site: none\r\n" + all,
            HOST + ORIGIN + "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: same-origin\r\n" + all,
        }) {
            expected.put(post(headers, "{}"), 403);
        }

        // When
        Map<String, Integer> statuses = statuses(expected);

        // Then
        assertThat(statuses).isEqualTo(expected);
        assertThat(denials).hasSize(expected.size()).contains("/act 127.0.0.1 403", "/act 127.0.0.1 421");
    }

    @Test
    void unfitRequest_isRefusedBeforeItsBody() throws Exception {
        // Given
        String from = HOST + ORIGIN + GIVEN_SECRET;
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put("GET /act HTTP/1.1\r\n" + from + TYPE + "Connection: close\r\n\r\n", 200);
        expected.put("PUT /act HTTP/1.1\r\n" + from + TYPE + "Content-Length: 2\r\n\r\n{}", 405);
        expected.put("OPTIONS /act HTTP/1.1\r\n" + from + "Connection: close\r\n\r\n", 405);
        expected.put("POST /page HTTP/1.1\r\n" + from + TYPE + "Content-Length: 2\r\n\r\n{}", 405);
        expected.put(post(from, "{}"), 415);
        expected.put(post(from + "Content-Type: text/plain\r\n", "{}"), 415);
        expected.put(post(from + "Content-Type: application/jsonp\r\n", "{}"), 415);
        expected.put("POST /act HTTP/1.1\r\n" + from + TYPE + "\r\n", 411);
        expected.put(
                "POST /act HTTP/1.1\r\n" + from + TYPE + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 411);
        expected.put("POST /act HTTP/1.1\r\n" + from + TYPE + "Content-Length: " + (MAX_BYTES + 1) + "\r\n\r\n", 413);
        expected.put("POST /act HTTP/1.1\r\n" + from + TYPE + "Content-Length: 999999999999999999\r\n\r\n", 413);
        expected.put("POST /act HTTP/1.1\r\n" + from + TYPE + "Content-Length: 9999999999999999999\r\n\r\n", 400);
        expected.put("POST /act HTTP/1.1\r\n" + from + TYPE + "Expect: tea\r\nContent-Length: 2\r\n\r\n{}", 417);

        // When
        Map<String, Integer> statuses = statuses(expected);

        // Then
        assertThat(statuses).isEqualTo(expected);
        assertThat(discarded.availablePermits()).isEqualTo(0);
    }

    @Test
    void answers_haveNoCrossOriginHeaders() throws Exception {
        // When
        String answer = RawClient.answer(server.port(), post(HOST + ORIGIN + GIVEN_SECRET + TYPE, "{}"));

        // Then
        assertThat(answer).doesNotContainIgnoringCase("Access-Control").contains("Connection: close");
    }

    @Test
    void token_isNeededToo() throws Exception {
        // Given
        server.close();
        server = server(TOKEN, Limits.PAGE);
        String all = HOST + ORIGIN + GIVEN_SECRET + TYPE;
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put(post(all, "{}"), 401);
        expected.put(post(all + "Authorization: Bearer wrong\r\n", "{}"), 401);
        expected.put("POST /act?token=" + TOKEN + " HTTP/1.1\r\n" + all + "Content-Length: 2\r\n\r\n{}", 401);
        expected.put(post(all + "Cookie: dynoai_token=" + TOKEN + "\r\n", "{}"), 200);
        expected.put(post(all + "Authorization: Bearer " + TOKEN + "\r\n", "{}"), 200);
        expected.put(post(HOST + ORIGIN + TYPE + "Authorization: Bearer " + TOKEN + "\r\n", "{}"), 403);
        expected.put(post(HOST + GIVEN_SECRET + TYPE + "Authorization: Bearer " + TOKEN + "\r\n", "{}"), 403);

        // When
        Map<String, Integer> statuses = statuses(expected);

        // Then
        assertThat(statuses).isEqualTo(expected);
        assertThat(RawClient.answer(server.port(), post(all + "Authorization: Bearer " + TOKEN + "\r\n", "{}")))
                .containsPattern("2 bytes of 127\\.0\\.0\\.1 token [0-9a-f]{8}\n")
                .doesNotContain(TOKEN);
    }

    @Test
    void bodyOfManyParts_arrivesWhole_andNothingBehindItIsARequest() throws Exception {
        // Given
        String head = "POST /act HTTP/1.1\r\n" + HOST + ORIGIN + GIVEN_SECRET + TYPE + "Content-Length: " + MAX_BYTES
                + "\r\n\r\n";
        try (RawClient client = new RawClient(server.port())) {
            // When
            client.send(head + "x".repeat(10));
            for (int sent = 10; sent < MAX_BYTES; sent += 99_999) {
                client.send("x".repeat(Math.min(99_999, MAX_BYTES - sent)));
            }
            client.send("GET /stolen HTTP/1.1\r\n" + HOST + "\r\n");

            // Then
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 200")
                    .contains(MAX_BYTES + " bytes")
                    .containsOnlyOnce("HTTP/1.1");
        }
    }

    @Test
    void clientThatExpectsIt_getsAnInterimResponse_onlyIfItMay() throws Exception {
        // Given
        String head =
                "POST /act HTTP/1.1\r\n" + HOST + GIVEN_SECRET + TYPE + "Expect: 100-continue\r\nContent-Length: 2";
        try (RawClient allowed = new RawClient(server.port());
                RawClient forbidden = new RawClient(server.port())) {
            // When
            allowed.send(head + "\r\n" + ORIGIN + "\r\n");
            String interim = allowed.next();
            allowed.send("{}");
            forbidden.send(head + "\r\n\r\n");

            // Then
            assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(allowed.rest()).startsWith("HTTP/1.1 200");
            assertThat(forbidden.rest()).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void bodyThatEndsEarly_isDiscarded() throws Exception {
        // Given
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /act HTTP/1.1\r\n" + HOST + ORIGIN + GIVEN_SECRET + TYPE + "Content-Length: 9\r\n\r\n{");

            // When
            client.reset();
        }

        // Then
        assertThat(discarded.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void serverThatStops_discardsBodies() throws Exception {
        // Given
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /act HTTP/1.1\r\n" + HOST + ORIGIN + GIVEN_SECRET + TYPE
                    + "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n");
            client.next();

            // When
            server.close();

            // Then
            assertThat(discarded.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void bodyThatCannotBeWritten_isAnError() throws Exception {
        // When
        int status = RawClient.status(server.port(), post(HOST + ORIGIN + GIVEN_SECRET + TYPE, "full"));

        // Then
        assertThat(status).isEqualTo(500);
        assertThat(discarded.availablePermits()).isEqualTo(1);
    }

    @Test
    void bodyThatStalls_orIsTooSlow_endsWithATimeout() throws Exception {
        for (Limits limits : List.of(
                new Limits(10, 2, 1, 60_000, 60_000, 200, 60_000, 2, 1),
                new Limits(10, 2, 1, 200, 60_000, 60_000, 60_000, 2, 1_000_000))) {
            // Given
            server.close();
            server = server(null, limits);

            // When
            String answer = RawClient.answer(
                    server.port(),
                    "POST /act HTTP/1.1\r\n" + HOST + ORIGIN + GIVEN_SECRET + TYPE + "Content-Length: 9\r\n\r\n{");

            // Then
            assertThat(answer).startsWith("HTTP/1.1 408");
        }
        assertThat(discarded.availablePermits()).isEqualTo(2);
    }

    @Test
    void bodies_areLimited_andReadingGoesOn() throws Exception {
        // Given
        server.close();
        server = server(null, new Limits(100, 2, 1, 60_000, 60_000, 60_000, 60_000, 2, 0));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawClient client = new RawClient(server.port());
            clients.add(client);
            client.send("POST /act HTTP/1.1\r\n" + HOST + ORIGIN + GIVEN_SECRET + TYPE
                    + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            client.next();
        }

        // When
        String third = RawClient.answer(server.port(), post(HOST + ORIGIN + GIVEN_SECRET + TYPE, "{}"));
        int page = RawClient.status(server.port(), "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        clients.get(0).send("{}");
        String first = clients.get(0).rest();
        String fourth = RawClient.answer(server.port(), post(HOST + ORIGIN + GIVEN_SECRET + TYPE, "{}"));

        // Then
        assertThat(third).startsWith("HTTP/1.1 503").contains("Retry-After: 10");
        assertThat(page).isEqualTo(200);
        assertThat(first).startsWith("HTTP/1.1 200");
        assertThat(fourth).startsWith("HTTP/1.1 200");
        for (RawClient client : clients) {
            client.close();
        }
    }
}
