package dynoai.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MalformedRequestsTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String CLOSE = "Connection: close\r\n\r\n";

    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = WebServer.start(
                loopback,
                0,
                Access.ofPage(loopback, null, List.of()),
                request -> Response.text(200, "page"),
                Limits.PAGE);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void malformedRequest_isABadRequest() throws Exception {
        // Given
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (String request : new String[] {
            "GET / HTTP/9.9\r\n" + HOST + CLOSE,
            "GET / HTTP/1.1x\r\n" + HOST + CLOSE,
            "GET /\r\n" + HOST + CLOSE,
            "GET  / HTTP/1.1\r\n" + HOST + CLOSE,
            "GET mailto:someone HTTP/1.1\r\n" + HOST + CLOSE,
            "GET page HTTP/1.1\r\n" + HOST + CLOSE,
            "GET /\u0001 HTTP/1.1\r\n" + HOST + CLOSE,
            "G(T / HTTP/1.1\r\n" + HOST + CLOSE,
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
            "GET / HTTP/1.1\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + HOST + CLOSE,
            "GET / HTTP/1.1\r\nHost: a b\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "Content-Length: +5\r\n" + CLOSE + "12345",
            "GET / HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n" + CLOSE + "12345",
            "GET / HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\nContent-Length: 5\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: xchunked\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "Content-Length : 0\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "No-Colon\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "X: a\u0000b\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "X: a\rb\r\n" + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "X: a\r\n folded\r\n" + CLOSE,
            "GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n",
            "GET /%zz HTTP/1.1\r\n" + HOST + CLOSE,
        }) {
            expected.put(request, 400);
        }

        // When
        Map<String, Integer> statuses = statuses(expected);

        // Then
        assertThat(statuses).isEqualTo(expected);
    }

    @Test
    void requestThatIsTooLarge_isRejectedByItsPart() throws Exception {
        // Given
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put("GET /" + "a".repeat(200_000) + " HTTP/1.1\r\n" + HOST + CLOSE, 414);
        expected.put("GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(100_000) + "\r\n" + CLOSE, 431);
        expected.put("GET / HTTP/1.1\r\n" + HOST + "X: a\r\n".repeat(1000) + CLOSE, 431);

        // When
        Map<String, Integer> statuses = statuses(expected);

        // Then
        assertThat(statuses).isEqualTo(expected);
    }

    @Test
    void otherMethod_isNotAllowed_andItsBodyIsNotARequest() throws Exception {
        // When
        String answer = RawClient.answer(
                server.port(),
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 44\r\n\r\nGET /stolen HTTP/1.1\r\n" + HOST
                        + "\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 405").containsOnlyOnce("HTTP/1.1");
    }

    @Test
    void hostOfAnotherServer_isMisdirected() throws Exception {
        // Given
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (String host : new String[] {
            "evil.example", "127.999.999.999", "127.1", "0.0.0.0", "2130706433", "localhost.evil.example", "[::2]", "",
        }) {
            expected.put("GET / HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE, 421);
        }

        // When
        Map<String, Integer> statuses = statuses(expected);

        // Then
        assertThat(statuses).isEqualTo(expected);
    }

    @Test
    void goodRequest_isAnswered() throws Exception {
        // Given
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (String request : new String[] {
            "GET / HTTP/1.1\r\n" + HOST + CLOSE,
            "HEAD / HTTP/1.1\r\n" + HOST + CLOSE,
            "GET / HTTP/1.0\r\n" + HOST + "\r\n",
            "GET / HTTP/1.1\r\nhost:LOCALHOST:8080\r\n" + CLOSE,
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n" + CLOSE,
            "GET / HTTP/1.1\r\nHost: [::1]:1\r\n" + CLOSE,
            "GET http://localhost/ HTTP/1.1\r\n" + HOST + CLOSE,
            "GET / HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\nX:\u00e4\t \r\n" + CLOSE,
        }) {
            expected.put(request, 200);
        }

        // When
        Map<String, Integer> statuses = statuses(expected);

        // Then
        assertThat(statuses).isEqualTo(expected);
    }

    @Test
    void requestsSentAtOnce_areAnsweredInOrder() throws Exception {
        // When
        String answer = RawClient.answer(
                server.port(),
                "GET / HTTP/1.1\r\n" + HOST + "\r\nHEAD / HTTP/1.1\r\n" + HOST + "\r\nPUT / HTTP/1.1\r\n" + HOST
                        + CLOSE);

        // Then
        assertThat(answer.split("HTTP/1.1 ")).hasSize(4);
        assertThat(answer).containsSubsequence("HTTP/1.1 200", "page", "HTTP/1.1 200", "HTTP/1.1 405");
    }

    private Map<String, Integer> statuses(Map<String, Integer> requests) throws IOException {
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (String request : requests.keySet()) {
            statuses.put(request, RawClient.status(server.port(), request));
        }
        return statuses;
    }
}
