package dynoai.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebServerTest {
    @Test
    void bugInAHandler_isAnInternalError() throws Exception {
        // Given
        Handler handler = request ->
                List.of(Response.text(200, "never")).get(request.path().size());

        // When
        HttpResponse<String> response = responseOf(handler);

        // Then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).startsWith("internal error: java.lang.IndexOutOfBoundsException");
    }

    @Test
    void unreadableFile_isAnInternalError() throws Exception {
        // Given
        Handler handler = request -> new Response.Download(Path.of("missing.csv"));

        // When
        HttpResponse<String> response = responseOf(handler);

        // Then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("NoSuchFileException");
    }

    @Test
    void httpException_isItsStatusAndMessage() throws Exception {
        // Given
        Handler handler = request -> {
            throw HttpException.notFound("no such run");
        };

        // When
        HttpResponse<String> response = responseOf(handler);

        // Then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("no such run\n");
    }

    private static HttpResponse<String> responseOf(Handler handler) throws IOException, InterruptedException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Access access = Access.ofPage(loopback, null, List.of());
        try (WebServer server = WebServer.start(loopback, 0, access, handler, Limits.PAGE)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/page"))
                    .build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
