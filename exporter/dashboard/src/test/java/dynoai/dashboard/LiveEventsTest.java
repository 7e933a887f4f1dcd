package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.schemas.fault.TimeLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Open pages: many, slow and reconnecting ones, and their cost for other requests. The nightly run checks the documented
 * times; a normal build allows twelve times as much.
 */
@Tag("long")
class LiveEventsTest {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int MANY = 60;
    private static final int FIRST_REJECTED = 101;

    @TempDir
    private Path folder;

    private DashboardFixture fixture;
    private final List<Socket> open = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        fixture = new DashboardFixture(folder);
        put("run-1");
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void everyOpenPage_receivesAChange() throws Exception {
        // Given
        List<BufferedReader> pages = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            BufferedReader page = listen("");
            event(page);
            pages.add(page);
        }

        // When
        put("run-2");

        // Then
        for (BufferedReader page : pages) {
            assertThat(event(page)).contains("\"done\":2");
        }
    }

    @Test
    void reconnectedPage_receivesOnlyNewEvents() throws Exception {
        // Given
        BufferedReader first = listen("");
        String lastEventId = eventId(first);

        // When
        BufferedReader again = listen(lastEventId);
        put("run-2");

        // Then
        assertThat(event(again)).contains("\"done\":2");
    }

    @Test
    void pageThatNeverReads_doesNotDelayOthers() throws Exception {
        // Given: pages whose buffers are never emptied
        for (int i = 0; i < 10; i++) {
            socket("");
        }
        BufferedReader reader = listen("");
        event(reader);

        // When
        for (int i = 0; i < 500; i++) {
            put("run-x" + i);
        }

        // Then
        String last = event(reader);
        while (!last.contains("\"done\":501")) {
            last = event(reader);
        }
        assertThat(fixture.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void tooManyPages_areRejectedWith503() throws Exception {
        // Given
        for (int i = 1; i < FIRST_REJECTED; i++) {
            event(listen(""));
        }

        // When
        BufferedReader late = listen("");

        // Then
        assertThat(late.readLine()).contains("503");
        assertThat(fixture.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void openPages_doNotDelayClose() throws Exception {
        // Given
        for (int i = 0; i < MANY; i++) {
            event(listen(""));
        }

        // When
        long began = System.nanoTime();
        fixture.close();
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        // Then
        assertThat(took).isLessThan(TimeLimit.timeFor(Duration.ofSeconds(1)));
    }

    @Test
    void firstByte_isFastWhilePagesAreOpenAndRunsEnd() throws Exception {
        // Given
        for (int i = 0; i < 10_000; i++) {
            put("run-" + i);
        }
        for (int i = 0; i < MANY; i++) {
            listen("");
        }

        // When
        Duration[] waits = new Duration[200];
        for (int i = 0; i < waits.length; i++) {
            put("later-" + i);
            waits[i] = firstByte(i % 2 == 0 ? "/" : "/api/v1/runs?size=50");
        }
        Arrays.sort(waits);

        // Then: the median, since the machine may be busy
        assertThat(waits[waits.length / 2]).isLessThan(TimeLimit.timeFor(Duration.ofMillis(50)));
    }

    private Duration firstByte(String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", fixture.dashboard().port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            long began = System.nanoTime();
            socket.getOutputStream().write(request(path, ""));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    private void put(String id) {
        fixture.dashboard().board().put(RunLine.started("shop-a", "cell-1", id, id + ".csv", RunState.DONE, 1_000));
    }

    private BufferedReader listen(String lastEventId) throws IOException {
        return new BufferedReader(new InputStreamReader(socket(lastEventId).getInputStream(), StandardCharsets.UTF_8));
    }

    private Socket socket(String lastEventId) throws IOException {
        Socket socket = new Socket("127.0.0.1", fixture.dashboard().port());
        open.add(socket);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream()
                .write(request(
                        "/api/v1/events", lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n"));
        return socket;
    }

    private static byte[] request(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String event(BufferedReader page) throws IOException {
        return after("data: ", page);
    }

    private static String eventId(BufferedReader page) throws IOException {
        return after("id: ", page);
    }

    private static String after(String field, BufferedReader page) throws IOException {
        String line = page.readLine();
        while (line != null && !line.startsWith(field)) {
            line = page.readLine();
        }
        assertThat(line).as("the stream ended").isNotNull();
        return line.substring(field.length());
    }
}
