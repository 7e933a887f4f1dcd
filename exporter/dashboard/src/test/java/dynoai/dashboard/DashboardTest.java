package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueAddress;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DashboardTest {
    private static final String TOKEN = "a-token-of-enough-letters";

    @TempDir
    private Path folder;

    @Test
    void firstPage_isSmall() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder)) {
            // Given
            for (int i = 0; i < 10_000; i++) {
                fixture.dashboard().board().put(done("local", "run-" + i, i));
            }

            // When
            int bytes = 0;
            for (String path :
                    List.of("/", "/assets/style.css", "/assets/list.js", "/assets/shared.js", "/api/v1/runs?size=50")) {
                HttpResponse<byte[]> answer = fixture.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                bytes += answer.body().length;
            }

            // Then
            assertThat(bytes).isLessThan(150_000);
            assertThat(fixture.text("/")).doesNotContain("<script>", "onclick", "style=", "http://", "https://");
        }
    }

    @Test
    void everyResponse_forbidsInlineScripts() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder)) {
            // When
            HttpResponse<byte[]> page = fixture.get("/");

            // Then
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe-inline");
        }
    }

    @Test
    void unchangedAsset_isNotModified() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder)) {
            // Given
            String tag =
                    fixture.get("/assets/list.js").headers().firstValue("ETag").orElseThrow();

            // When
            HttpResponse<byte[]> again = fixture.get("/assets/list.js", "If-None-Match", tag);

            // Then
            assertThat(again.statusCode()).isEqualTo(304);
        }
    }

    @Test
    void postRequestOfAnotherProgram_isForbidden() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder)) {
            // Given
            HttpRequest post = HttpRequest.newBuilder(fixture.address("/api/v1/runs"))
                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                    .build();

            // When
            HttpResponse<String> answer = HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());

            // Then
            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void unknownHostHeader_isMisdirected() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder);
                Socket socket = new Socket("127.0.0.1", fixture.dashboard().port())) {
            // Given
            OutputStream out = socket.getOutputStream();

            // When
            out.write("GET /api/v1/runs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void addressOtherThanLoopback_needsAToken() {
        // When, Then
        assertThatThrownBy(() -> Dashboard.start(DashboardFixture.settings("0.0.0.0", null, folder, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token");
    }

    @Test
    void token_isAcceptedAsBearerAndAsCookie() throws Exception {
        try (Dashboard dashboard = Dashboard.start(DashboardFixture.settings("0.0.0.0", TOKEN, folder, null))) {
            // Given
            String address = "http://127.0.0.1:" + dashboard.port();

            // When
            int without = status(address + "/");
            int wrong = status(address + "/", "Authorization", "Bearer nearly-the-right-token");
            int bearer = status(address + "/metrics", "Authorization", "Bearer " + TOKEN);
            HttpResponse<String> login = ask(address + "/?token=" + TOKEN);
            String cookie = login.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
            int withCookie = status(address + "/", "Cookie", cookie);

            // Then
            assertThat(List.of(without, wrong, bearer, login.statusCode(), withCookie))
                    .containsExactly(401, 401, 200, 303, 200);
        }
    }

    @Test
    void rejectedLog_hasItsReasonAndHint() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder)) {
            // Given
            fixture.reject("shop-a/cell-1/bad.csv", "MISSING_COLUMNS", "no rpm column", "export engine speed");

            // When
            fixture.awaitLines(1);

            // Then
            RunLine line =
                    fixture.dashboard().board().page(Query.ALL, 1, 10).runs().get(0);
            assertThat(line.state()).isEqualTo(RunState.REJECTED);
            assertThat(line.notice())
                    .isEqualTo(new Notice("MISSING_COLUMNS", 3, "rpm", "no rpm column", "export engine speed", ""));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void reasonThatIsNoPlainFile_hidesNoOther() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder)) {
            // Given
            Path rejected = fixture.drop().resolve("rejected/2026-03-02");
            Path fifo = Files.createDirectories(rejected.resolve("a")).resolve("reason.json");
            new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
            Path secret = Files.writeString(folder.resolve("secret.json"), "{\"file\": \"secret.csv\"}");
            Files.createSymbolicLink(
                    Files.createDirectories(rejected.resolve("b")).resolve("reason.json"), secret);
            Path outside = Files.createDirectories(folder.resolve("outside/c"));
            Files.copy(secret, outside.resolve("reason.json"));
            Files.createSymbolicLink(rejected.resolveSibling("2026-03-03"), outside.getParent());
            Files.writeString(
                    Files.createDirectories(rejected.resolve("d")).resolve("reason.json"),
                    "{\"file\": \"" + "x".repeat(5 << 20) + ".csv\"}");
            Files.writeString(Files.createDirectories(rejected.resolve("e")).resolve("reason.json"), "{");
            Files.createDirectories(rejected.resolve("f/reason.json"));

            // When
            fixture.reject("shop-a/cell-1/bad.csv", "MISSING_COLUMNS", "no rpm column", "export engine speed");
            fixture.awaitLines(1);

            // Then
            assertThat(fixture.dashboard().board().page(Query.ALL, 1, 10).runs())
                    .extracting(RunLine::file)
                    .containsExactly("shop-a/cell-1/bad.csv");
        }
    }

    @Test
    void removedFolder_leavesTheBoard() throws Exception {
        try (DashboardFixture fixture = new DashboardFixture(folder)) {
            // Given
            fixture.reject("bad.csv", "NOT_TEXT", "m", "h");
            fixture.awaitLines(1);

            // When
            try (var files = Files.walk(fixture.drop().resolve("rejected"))) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }

            // Then
            DashboardFixture.await(() -> fixture.dashboard().board().states().isEmpty());
        }
    }

    @Test
    void earlierState_doesNotOverwriteALaterOne() throws Exception {
        // Given
        RunBoard board = new RunBoard(catalogue());
        board.put(done("local", "r1", 1000));

        // When
        board.put(RunLine.started("local", "default", "r1", "a.csv", RunState.FOLDING, 500));

        // Then
        assertThat(board.find("local", "r1").orElseThrow().state()).isEqualTo(RunState.DONE);
    }

    @Test
    void analyzerEvents_keepTheFieldsOfTheIngest() throws Exception {
        // Given
        RunBoard board = new RunBoard(catalogue());
        BoardEvents events = new BoardEvents(board, new Throughput(() -> Instant.EPOCH), () -> Instant.EPOCH);
        board.put(RunLine.started("shop-a", "cell-1", "r1", "shop-a/cell-1/a.csv", RunState.FOLDING, 500));

        // When
        events.runCompleted(new RunKey("shop-a", "r1"), 1, 60_000);

        // Then
        assertThat(board.find("shop-a", "r1"))
                .contains(RunLine.started("shop-a", "cell-1", "r1", "shop-a/cell-1/a.csv", RunState.WRITING, 500));
    }

    @Test
    void search_matchesAllWords() throws Exception {
        // Given
        RunBoard board = new RunBoard(catalogue());
        board.put(done("shop-a", "r1", 1));
        board.put(done("shop-b", "r2", 2));

        // When
        long both = board.page(words("log-of R1"), 1, 10).total();
        long none = board.page(words("r1 shop-b"), 1, 10).total();

        // Then
        assertThat(List.of(both, none)).containsExactly(1L, 0L);
    }

    private Catalogue catalogue() throws IOException {
        return Catalogue.open(new CatalogueAddress.File(folder.resolve("catalogue.db")));
    }

    private static Query words(String words) {
        return new Query(words, "", "", "", "", Query.Period.ALWAYS);
    }

    private static RunLine done(String shop, String id, long atMillis) {
        return Lines.done(shop, "default", id, "bike-7", atMillis);
    }

    private static int status(String address, String... headers) throws IOException, InterruptedException {
        return ask(address, headers).statusCode();
    }

    private static HttpResponse<String> ask(String address, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(java.net.URI.create(address));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
