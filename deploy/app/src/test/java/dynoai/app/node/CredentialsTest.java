package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.ClientProperties;
import dynoai.app.CommandLineRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a whole node with the tokens that {@code dynoai shops} makes. */
@Tag("broker")
class CredentialsTest {
    @TempDir
    private Path temp;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shopsSeeTheirOwnRuns_untilTheirTokenIsRevoked() throws Exception {
        try (LiveNode node = LiveNode.withCredentials(temp)) {
            // Given
            Path config = ClientProperties.write(temp.resolve("client.properties"), node.client());
            node.drop("north/bay-1/of-north.csv", 1);
            node.drop("south/bay-1/of-south.csv", 2);
            node.awaitIdle();
            String north = shops(config, "add", "north");
            String operator = shops(config, "add", "--roles", "operate");

            // When
            await().atMost(LiveNode.MAX_WAIT).until(() -> get(node, operator).statusCode() == 200);
            await().atMost(LiveNode.MAX_WAIT)
                    .until(() -> get(node, operator).body().contains("\"total\":2"));
            HttpResponse<String> own = get(node, north);
            int without = get(node, "").statusCode();
            shops(config, "revoke", "--shop", "north");

            // Then
            await().atMost(LiveNode.MAX_WAIT).until(() -> get(node, north).statusCode() == 401);
            assertThat(without).isEqualTo(401);
            assertThat(own.body()).contains("of-north.csv", "\"total\":1").doesNotContain("south");
        }
    }

    private static String shops(Path config, String... arguments) {
        List<String> line = new ArrayList<>(List.of("shops"));
        line.addAll(List.of(arguments));
        line.add("--config=" + config);
        CommandLineRun run = CommandLineRun.of(line.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().strip();
    }

    private HttpResponse<String> get(LiveNode node, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/api/v1/runs?state=done"));
        return client.send(
                (token.isEmpty() ? request : request.header("Authorization", "Bearer " + token)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
