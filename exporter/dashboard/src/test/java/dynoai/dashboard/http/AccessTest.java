package dynoai.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final String TOKEN = "a-token-of-enough-letters";

    private InetAddress anyAddress;
    private InetAddress local;

    @BeforeEach
    void addresses() throws Exception {
        anyAddress = InetAddress.getByName("0.0.0.0");
        local = InetAddress.getByName("192.168.7.5");
    }

    @Test
    void hostOffLoopback_isANameGivenOrOfThisMachine() throws Exception {
        // Given
        Access access = Access.ofPage(anyAddress, TOKEN, List.of("Dyno.Shop.example"));
        List<String> hosts = List.of(
                "dyno.shop.example",
                "localhost",
                "127.0.0.1",
                "192.168.7.5",
                InetAddress.getLocalHost().getHostName().toLowerCase(java.util.Locale.ROOT),
                "evil.example",
                "192.168.7.6",
                "0.0.0.0",
                "");

        // When
        List<Boolean> known = new ArrayList<>();
        hosts.forEach(host -> known.add(access.isKnownHost(host, local)));

        // Then
        assertThat(known).containsExactly(true, true, true, true, true, false, false, false, false);
    }

    @Test
    void addressOfAConnectionByIpV6_isKnown() throws Exception {
        // Given
        Access access = Access.ofPage(anyAddress, TOKEN, List.of());

        // When
        boolean known = access.isKnownHost("[2001:db8::5]", InetAddress.getByName("2001:db8:0:0::5"));

        // Then
        assertThat(known).isTrue();
    }

    @Test
    void rebindingWithAKnownToken_isMisdirected() throws Exception {
        try (WebServer server = WebServer.start(
                anyAddress,
                0,
                Access.ofPage(anyAddress, TOKEN, List.of()),
                request -> Response.text(200, "page"),
                Limits.PAGE)) {
            // When
            int status = RawClient.status(
                    server.port(), "GET /?token=" + TOKEN + " HTTP/1.1\r\nHost: evil.com\r\nConnection: close\r\n\r\n");

            // Then
            assertThat(status).isEqualTo(421);
        }
    }

    @Test
    void statusOffLoopback_needsTheTokenOfMetrics_andNoName() throws Exception {
        try (WebServer server = WebServer.start(
                anyAddress,
                0,
                Access.ofStatus(anyAddress, TOKEN),
                request -> Response.text(200, "status"),
                Limits.STATUS)) {
            // When
            List<Integer> statuses = new ArrayList<>();
            for (String request : List.of(
                    "GET /health/live HTTP/1.1\r\n",
                    "GET /metrics HTTP/1.1\r\n",
                    "GET /metrics HTTP/1.1\r\nAuthorization: Bearer " + TOKEN + "\r\n")) {
                statuses.add(
                        RawClient.status(server.port(), request + "Host: node-7:8081\r\nConnection: close\r\n\r\n"));
            }

            // Then
            assertThat(statuses).containsExactly(200, 401, 200);
        }
    }
}
