package dynoai.intake;

import static dynoai.intake.IntakeFixture.LOG;
import static dynoai.intake.IntakeFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.intake.http.HttpLimits;
import dynoai.intake.http.RawClient;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that break the rules learn it from the right code, and hinder no other. */
class HostileClientsTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final HttpLimits LIMITS =
            new HttpLimits(150, 8192, LONG, LONG, Duration.ofMillis(500), 1 << 20, 200, 200);
    private static final long BYTE_INTERVAL_NANOS = 40_000_000;
    private static final String AUTHORIZED = "Host: a\r\nAuthorization: Bearer " + TOKEN + "\r\nConnection: close\r\n";

    @TempDir
    private Path folder;

    private final List<RawClient> open = new ArrayList<>();
    private IntakeFixture intake;

    @BeforeEach
    void start() throws Exception {
        intake = new IntakeFixture(folder, LIMITS, Optional.empty(), HttpClient.newHttpClient());
    }

    @AfterEach
    void stop() throws Exception {
        for (RawClient client : open) {
            client.close();
        }
        intake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /v1/logs?name=a.csv           | Content-Length: 4                  | 400",
                "POST /v1/logs?name=a.csv           | Content-Length: -4                 | 400",
                "POST /v1/logs?name=a.csv           | Content-Length: 99999999999999999999 | 400",
                "POST /v1/logs?name=a.csv           | Content-Length: 4; Content-Length: 5 | 400",
                "POST /v1/logs?name=a.csv           | Transfer-Encoding: chunked         | 411",
                "POST /v1/logs?name=a.csv           | Content-Length: 99999999           | 413",
                "POST /v1/logs?name=..%2F..%2Fa.csv | Content-Length: 4; Content-Digest: sha-256=:AAAA: | 400",
                "POST /v1/logs?name=a.csv           | Content-Length: 4; Content-Digest: sha-256=:????: | 400",
                "GET /v1/runs/..%2f..%2fetc         | X: y                               | 400",
                "GET /v1/runs/../../etc/passwd      | X: y                               | 404",
                "GET /v1/runs/%00                   | X: y                               | 400",
                "GET /v1/runs/run-1/files/..        | X: y                               | 404",
                "POST /v1/uploads                   | Upload-Length: -1                  | 400",
                "POST /v1/uploads                   | Upload-Length: 99999999999999999   | 413",
                "POST /v1/uploads                   | Upload-Length: 9; Upload-Metadata: x | 400",
                "PATCH /v1/uploads/run-1            | Content-Type: text/plain           | 415",
                "BREW /v1/uploads                   | X: y                               | 405",
            })
    void invalidRequest_hasTheRightStatus(String line, String headers, int status) throws Exception {
        // Given
        RawClient client = client();

        // When
        client.send(line + " HTTP/1.1\r\n" + AUTHORIZED + headers.replace("; ", "\r\n") + "\r\n\r\n");

        // Then
        assertThat(client.status()).isEqualTo(status);
        goodClientIsServed();
    }

    @Test
    void hugeHeaders_areRejected() throws Exception {
        // Given
        RawClient client = client();

        // When
        client.send("GET /v1/runs/run-1 HTTP/1.1\r\n" + AUTHORIZED + "X: " + "x".repeat(100_000));

        // Then
        assertThat(client.rest())
                .satisfiesAnyOf(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 431 "),
                        answer -> assertThat(answer).isEmpty());
        goodClientIsServed();
    }

    @Test
    void manyConnections_doNotShutOutAGoodClient() throws Exception {
        // When
        for (int i = 0; i < 600; i++) {
            RawClient client = client();
            if (i % 2 == 0) {
                client.send("GET /v1/runs/run-1 HTTP/1.1\r\nX: ");
            }
        }

        // Then
        goodClientIsServed();
        assertThat(intake.intake.connections()).isLessThanOrEqualTo(LIMITS.connections());
    }

    @Test
    void slowUploads_areStoppedAndKeepWhatArrived() throws Exception {
        // Given
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            intake.create("slow-" + i, TOKEN);
            RawClient client = client();
            client.send("PATCH /v1/uploads/slow-" + i + " HTTP/1.1\r\n" + AUTHORIZED
                    + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: "
                    + LOG.length() + "\r\n\r\n" + LOG.charAt(0));
            slow.add(client);
        }
        goodClientIsServed();

        // When
        for (int at = 1; at < LOG.length() - 1; at++) {
            for (RawClient client : slow) {
                client.trySend(LOG.substring(at, at + 1));
            }
            LockSupport.parkNanos(BYTE_INTERVAL_NANOS);
        }

        // Then
        for (RawClient client : slow) {
            assertThat(client.status()).isEqualTo(408);
        }
        assertThat(intake.head("slow-0", TOKEN)
                        .headers()
                        .firstValueAsLong("Upload-Offset")
                        .orElse(0))
                .isPositive();
        goodClientIsServed();
    }

    @Test
    void wrongHashes_leaveNothingBehind() throws Exception {
        // When
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            HttpResponse<byte[]> response = intake.send(intake.request("/v1/logs?name=a.csv&run_id=r" + i, TOKEN)
                    .header("Content-Digest", IntakeFixture.digest("other"))
                    .POST(IntakeFixture.body(LOG)));
            statuses.add(response.statusCode());
        }

        // Then
        assertThat(statuses).containsOnly(422);
        assertThat(folder.resolve("store"))
                .isDirectoryNotContaining(file -> !file.getFileName().toString().equals("uploads-swept"));
    }

    private RawClient client() throws Exception {
        RawClient client = new RawClient(intake.intake.port());
        open.add(client);
        return client;
    }

    private void goodClientIsServed() throws Exception {
        String run = "good-" + intake.accepted.size();
        assertThat(intake.post("name=pull.csv&run_id=" + run, TOKEN, LOG).statusCode())
                .isEqualTo(201);
    }
}
