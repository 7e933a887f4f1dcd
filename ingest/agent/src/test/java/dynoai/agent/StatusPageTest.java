package dynoai.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusPageTest {
    private StatusPage page;
    private int port;

    @BeforeEach
    void serve() throws Exception {
        AgentStatus status = new AgentStatus(
                "dyno-pc",
                "1.1.0",
                "https://intake.example.com",
                "drop",
                1,
                Instant.EPOCH,
                false,
                "the token is revoked",
                Optional.of(Instant.parse("2026-03-01T09:30:00Z")),
                "",
                List.of(new AgentStatus.Log("<b>.csv", "uploading", "r1", "", 25, 100)));
        page = StatusPage.serve(0, () -> status);
        port = URI.create(page.address()).getPort();
    }

    @AfterEach
    void close() {
        page.close();
    }

    private String request(String method, String path, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write((method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void page_showsLogsAndConnection() throws Exception {
        // When
        String answer = request("GET", "/", "127.0.0.1:" + port);
        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("&lt;b>.csv<td>uploading 25 %<td>r1")
                .contains("the token is revoked")
                .contains("last answer 2026-03-01T09:30:00Z")
                .contains("default-src 'none'");
    }

    @Test
    void programs_getJson() throws Exception {
        // When
        String answer = request("GET", "/status.json", "localhost:" + port);
        // Then
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"error\": \"the token is revoked\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.com", "127.0.0.1", "127.0.0.1:1", ""})
    void otherHosts_areRejected(String host) throws Exception {
        // When
        String answer = request("GET", "/", host);
        // Then
        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void writes_areRejected(String method) throws Exception {
        // When
        String answer = request(method, "/", "127.0.0.1:" + port);
        // Then
        assertThat(answer).startsWith("HTTP/1.1 405");
    }
}
