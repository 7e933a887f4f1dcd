package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.dashboard.http.RawClient;
import dynoai.engine.PublishedRun;
import dynoai.engine.sample.SampleProfile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 200 connections of each kind: a header byte by byte, idle, a reader that reads nothing, an event stream. The nightly run holds
 * them for a minute and limits the time of health checks; here a few rounds, since a build's machine is busy.
 */
class HeldConnectionsTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("dynoai.nightly");
    private static final int OF_EACH_KIND = 200;
    private static final int ROUNDS = NIGHTLY ? 60 : 3;
    private static final int PROBES_PER_ROUND = 10;
    private static final long MAX_HEALTH_MILLIS = 100;
    private static final int SMALL_WINDOW = 2048;
    private static final String END = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String CLOSE = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path folder;

    private final List<RawClient> headers = new ArrayList<>();
    private final List<RawClient> others = new ArrayList<>();

    @Test
    void heldConnections_stopNeitherHealthNorThePage() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder)) {
            // Given
            PublishedRun run = fixture.run("local", "a.csv", SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 7));
            try (RandomAccessFile large =
                    new RandomAccessFile(run.folder().resolve("data.csv").toFile(), "rw")) {
                large.setLength(25_000_000);
            }
            fixture.awaitLines(1);
            int port = fixture.dashboard().port();
            int healthPort = fixture.dashboard().healthPort();
            String file = "GET /api/v1/runs/local/" + run.runId() + "/files/data.csv" + END;
            for (int i = 0; i < OF_EACH_KIND; i++) {
                headers.add(header(port));
                others.add(new RawClient(port));
                others.add(client(port, file, SMALL_WINDOW));
                others.add(client(port, "GET /api/v1/events" + END, SMALL_WINDOW));
            }

            // When
            List<Integer> statuses = new ArrayList<>();
            long slowest = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                sendABytePerHeader(port);
                for (int probe = 0; probe < PROBES_PER_ROUND; probe++) {
                    long asked = System.nanoTime();
                    statuses.add(RawClient.status(healthPort, "GET /health/ready" + CLOSE));
                    slowest = Math.max(slowest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked));
                }
                for (String path : List.of("/health/live", "/metrics", "/", "/api/v1/runs")) {
                    statuses.add(RawClient.status(port, "GET " + path + CLOSE));
                }
                if (NIGHTLY) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - began));
                }
            }

            // Then
            assertThat(statuses).hasSize(ROUNDS * (PROBES_PER_ROUND + 4)).containsOnly(200);
            assertThat(slowest).isLessThan(NIGHTLY ? MAX_HEALTH_MILLIS : Long.MAX_VALUE);
        } finally {
            for (RawClient client : others) {
                client.close();
            }
            for (RawClient client : headers) {
                client.close();
            }
        }
    }

    /** Sends a further byte of each header, of a new one where the server ended the connection. */
    private void sendABytePerHeader(int port) throws IOException {
        for (int i = 0; i < headers.size(); i++) {
            try {
                headers.get(i).send("x");
            } catch (IOException ignored) { // Its time was over.
                headers.get(i).close();
                headers.set(i, header(port));
            }
        }
    }

    private static RawClient header(int port) throws IOException {
        return client(port, "GET / HTTP/1.1\r\nHost: localhost\r\nX: ", 0);
    }

    private static RawClient client(int port, String request, int receiveBytes) throws IOException {
        RawClient client = new RawClient(port, receiveBytes);
        client.send(request);
        return client;
    }
}
