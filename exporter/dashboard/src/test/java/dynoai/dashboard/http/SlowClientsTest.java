package dynoai.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlowClientsTest {
    private static final int LONG = 3_600_000;
    private static final int SHORT = 300;
    private static final int FILE_BYTES = 25_000_000;
    private static final int SMALL_WINDOW = 2048;
    private static final String HEADERS = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String PAGE = "GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path folder;

    @Test
    void requestThatTakesTooLong_isEnded() throws Exception {
        try (WebServer server = server(new Limits(10, 1, 1, SHORT, LONG, LONG, LONG, 2, 1));
                RawClient client = new RawClient(server.port())) {
            // When
            client.send("GET / HTTP/1.1\r\nHost: local");

            // Then
            assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("Connection: close");
        }
    }

    @Test
    void connectionWithoutARequest_isClosed() throws Exception {
        try (WebServer server = server(new Limits(10, 1, 1, SHORT, LONG, LONG, LONG, 2, 1));
                RawClient client = new RawClient(server.port())) {
            // When, Then
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void idleConnection_isClosed() throws Exception {
        try (WebServer server = server(new Limits(10, 1, 1, LONG, SHORT, LONG, LONG, 2, 1));
                RawClient client = new RawClient(server.port())) {
            // When
            client.send("GET /page" + HEADERS);

            // Then
            assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("page\n");
        }
    }

    private static Stream<Arguments> readersThatTakeTooLong() {
        return Stream.of(
                Arguments.of(
                        "a reader that reads nothing", "/file", new Limits(10, 1, 1, LONG, LONG, SHORT, LONG, 2, 1)),
                Arguments.of("a response without an end", "/file", new Limits(10, 1, 1, LONG, LONG, LONG, SHORT, 2, 1)),
                Arguments.of(
                        "a stream that is not read", "/events", new Limits(10, 1, 1, LONG, LONG, SHORT, LONG, 2, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readersThatTakeTooLong")
    void readerThatTakesTooLong_isCutOff(String name, String path, Limits limits) throws Exception {
        try (WebServer server = server(limits);
                RawClient client = new RawClient(server.port(), SMALL_WINDOW)) {
            // Given
            client.send("GET " + path + HEADERS);

            // When
            client.sendUntilReset();

            // Then
            assertThat(client.rest()).as(name).hasSizeLessThan(FILE_BYTES);
            assertThat(server.openStreams()).isZero();
        }
    }

    @Test
    void fullServer_closesTheStalestConnection() throws Exception {
        try (WebServer server = server(new Limits(3, 1, 1, LONG, LONG, LONG, LONG, 2, 1));
                RawClient first = new RawClient(server.port());
                RawClient reader = new RawClient(server.port(), SMALL_WINDOW);
                RawClient third = new RawClient(server.port())) {
            // Given
            first.send("GET / HTTP/1.1\r\nHost: local");
            reader.send("GET /file" + HEADERS);
            third.send("GET / HTTP/1.1\r\nHost: local");

            // When
            int status = RawClient.status(server.port(), PAGE);

            // Then
            assertThat(status).isEqualTo(200);
            assertThat(first.rest()).isEmpty();
        }
    }

    @Test
    void fullServer_answersWhileHandlersAreBusy() throws Exception {
        // Given
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        Handler handler = request -> {
            busy.countDown();
            await(release);
            return Response.text(200, "late");
        };
        Limits limits = new Limits(2, 2, 1, LONG, LONG, LONG, LONG, 2, 1);
        try (WebServer server = start(handler, limits);
                RawClient first = new RawClient(server.port());
                RawClient second = new RawClient(server.port())) {
            first.send(PAGE);
            second.send(PAGE);
            await(busy);

            // When
            int excess = RawClient.status(server.port(), PAGE);
            release.countDown();

            // Then
            assertThat(excess).isZero();
            assertThat(first.rest() + second.rest()).containsSubsequence("late", "late");
        }
    }

    @Test
    void streams_areLimited() throws Exception {
        try (WebServer server = server(new Limits(10, 1, 1, LONG, LONG, LONG, LONG, 2, 1));
                RawClient first = new RawClient(server.port())) {
            // Given
            first.send("GET /events" + HEADERS);
            while (server.openStreams() == 0) {
                Thread.onSpinWait();
            }

            // When
            int second = RawClient.status(
                    server.port(), "GET /events" + HEADERS.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

            // Then
            assertThat(second).isEqualTo(503);
        }
    }

    @Test
    void slowClients_doNotStopAPage() throws Exception {
        try (WebServer server = server(Limits.PAGE)) {
            // Given
            List<RawClient> slow = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                RawClient header = new RawClient(server.port());
                header.send("GET / HTTP/1.1\r\nHost: local");
                RawClient reader = new RawClient(server.port(), SMALL_WINDOW);
                reader.send("GET /file" + HEADERS);
                slow.addAll(List.of(header, reader));
            }

            // When
            int status = RawClient.status(server.port(), PAGE);

            // Then
            assertThat(status).isEqualTo(200);
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page", "/file", "/events", "/missing\u0001"})
    void clientsThatReset_stopNoOther(String path) throws Exception {
        try (WebServer server = server(Limits.PAGE)) {
            // Given
            for (int i = 0; i < 300; i++) {
                RawClient client = new RawClient(server.port());
                client.send("GET " + path + HEADERS);
                client.reset();
            }

            // When
            int status = RawClient.status(server.port(), PAGE);

            // Then
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void streamsThatFail_keepNoPlace() throws Exception {
        // Given
        EventStream.Source failing = new EventStream.Source() {
            @Override
            public String eventId() {
                throw new IllegalStateException("no events");
            }

            @Override
            public String event() {
                return "";
            }
        };
        try (WebServer server = start(request -> new Response.Stream(failing), Limits.PAGE)) {
            // When
            String answer = RawClient.answer(
                    server.port(), "GET /events" + HEADERS.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

            // Then
            assertThat(answer).startsWith("HTTP/1.1 500 ").contains("no events");
            assertThat(server.openStreams()).isZero();
        }
    }

    @Test
    void streamThatFailsLater_isClosed() throws Exception {
        // Given
        EventStream.Source failing = new EventStream.Source() {
            private int asked;

            @Override
            public String eventId() {
                return String.valueOf(1 / (2 - ++asked));
            }

            @Override
            public String event() {
                return "{}";
            }
        };
        try (WebServer server = start(request -> new Response.Stream(failing), Limits.PAGE)) {
            // When
            String answer = RawClient.answer(server.port(), "GET /events" + HEADERS);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("data: {}");
            assertThat(server.openStreams()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private WebServer server(Limits limits) throws IOException {
        Path file = folder.resolve("data.csv");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(FILE_BYTES);
        }
        EventStream.Source events = new EventStream.Source() {
            private int id;

            @Override
            public String eventId() {
                return String.valueOf(id++);
            }

            @Override
            public String event() {
                return "x".repeat(1_000_000);
            }
        };
        Handler handler = request -> switch (request.path().get(0)) {
            case "file" -> new Response.Download(file);
            case "events" -> new Response.Stream(events);
            default -> Response.text(200, "page");
        };
        return start(handler, limits);
    }

    private static WebServer start(Handler handler, Limits limits) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return WebServer.start(loopback, 0, Access.ofPage(loopback, null, List.of()), handler, limits);
    }
}
