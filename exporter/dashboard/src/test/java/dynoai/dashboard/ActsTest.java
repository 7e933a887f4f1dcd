package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.dashboard.http.RawClient;
import dynoai.engine.PublishedRun;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.session.SessionMarks;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The acts of the page, with parameters of tuners and of attackers. */
class ActsTest {
    private static final String LOG = "application/octet-stream";
    private static final byte[] BYTES = "RPM,MAP\n1,2\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private DashboardFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new DashboardFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> drop(String query) throws IOException, InterruptedException {
        return fixture.post("drop?" + query, LOG, BYTES);
    }

    /** Returns all files of the drop folder but those of the ingest itself. */
    private List<String> dropped() throws IOException {
        try (Stream<Path> files = Files.walk(fixture.drop())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> fixture.drop().relativize(file).toString())
                    .filter(file -> !file.startsWith(".dynoai"))
                    .sorted()
                    .toList();
        }
    }

    private List<Map<?, ?>> audit() throws IOException {
        List<Map<?, ?>> entries = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("data/audit.jsonl"))) {
            entries.add(Json.readObject(line.getBytes(StandardCharsets.UTF_8)));
        }
        return entries;
    }

    @Test
    void droppedLog_isInItsPlace_withItsOptionsAndTheCommand() throws Exception {
        // When
        HttpResponse<String> answer =
                drop("name=" + encoded("Müller's pull.csv") + "&shop=shop-a&cell=bay-1&option.map_unit=inhg");

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Path log = fixture.drop().resolve("shop-a/bay-1/Müller's pull.csv");
        assertThat(log).hasBinaryContent(BYTES);
        assertThat(Files.readString(log.resolveSibling("Müller's pull.csv.options.yaml")))
                .contains("map_unit: inhg");
        Map<?, ?> done = Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(done.get("file")).isEqualTo("shop-a/bay-1/Müller's pull.csv");
        assertThat(String.valueOf(done.get("command")))
                .startsWith("printf '%s\\n' 'map_unit: inhg' > ")
                .endsWith("&& cp 'Müller'\\''s pull.csv' '" + log.toString().replace("'", "'\\''") + "'");
        assertThat(audit())
                .singleElement()
                .satisfies(entry -> assertThat(entry.toString())
                        .contains("who=127.0.0.1", "act=drop", "outcome=done", "shop=shop-a"));
        assertThat(Files.list(fixture.drop().resolve(".dynoai/incoming"))).isEmpty();
    }

    @Test
    void logBeforeTheFirstStartOfTheIngest_isRefused() throws Exception {
        // Given
        Files.delete(fixture.existing());

        // When
        HttpResponse<String> answer = drop("name=pull.csv");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("starts for the first time");
        assertThat(dropped()).isEmpty();
    }

    @Test
    void logsOfTheSameName_areBothKept_alsoTwoAtOnce() throws Exception {
        // Given
        Files.writeString(fixture.drop().resolve("pull.csv"), "of another");
        ExecutorService two = Executors.newFixedThreadPool(2);

        // When
        List<Callable<HttpResponse<String>>> drops =
                List.of(() -> drop("name=pull.csv&option.clamp=6"), () -> drop("name=pull.csv&option.clamp=6"));
        List<Integer> statuses = new ArrayList<>();
        for (Future<HttpResponse<String>> answer : two.invokeAll(drops)) {
            statuses.add(answer.get().statusCode());
        }
        two.shutdown();

        // Then
        assertThat(statuses).containsExactly(200, 200);
        assertThat(fixture.drop().resolve("pull.csv")).hasContent("of another");
        assertThat(dropped())
                .containsExactly(
                        "pull-2.csv", "pull-2.csv.options.yaml", "pull-3.csv", "pull-3.csv.options.yaml", "pull.csv");
    }

    @Test
    void hostileParameters_areRefused_andNothingIsWritten() throws Exception {
        // Given
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (String name : List.of(
                "../pull.csv",
                "..",
                "a/../../pull.csv",
                "/etc/pull.csv",
                "a\\pull.csv",
                "C:pull.csv",
                "pull.exe",
                "pull.csv.",
                ".pull.csv",
                " pull.csv",
                "CON.csv",
                "com1.csv",
                "nul.log",
                "a\nb.csv",
                "a\u0000b.csv",
                "<img src=x onerror=alert(1)>.csv",
                "a".repeat(300) + ".csv",
                "ü".repeat(150) + ".csv",
                "")) {
            expected.put("name=" + encoded(name), 422);
        }
        for (String place : List.of(
                "shop=..",
                "shop=.work",
                "shop=done",
                "shop=rejected",
                "shop=duplicates",
                "shop=a%2Fb",
                "shop=a&cell=..",
                "cell=a",
                "shop=a&bike=b",
                "shop=a&cell=b&bike=..",
                "shop=a&cell=b%2F..%2F..",
                "shop=" + "a".repeat(65),
                "shop=%3Cimg%3E")) {
            expected.put("name=pull.csv&" + place, 422);
        }
        for (String option : List.of(
                "clamp=99",
                "clmap=9",
                "map_unit=%0Aclamp:%2099",
                "base_front=%2Fetc%2Fpasswd",
                "base_rear=x.csv",
                "__proto__=1")) {
            expected.put("name=pull.csv&option." + option, 422);
        }

        // When
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (String query : expected.keySet()) {
            statuses.put(query, drop(query).statusCode());
        }

        // Then
        assertThat(statuses).isEqualTo(expected);
        assertThat(dropped()).isEmpty();
        assertThat(Files.exists(fixture.drop().resolve("a"))).isFalse();
    }

    @Test
    void longestName_andUmlauts_areAccepted() throws Exception {
        // When
        int longest = drop("name=" + "x".repeat(180) + ".csv").statusCode();
        int umlauts = drop("name=" + encoded("Größe 日本.log") + "&shop=a&cell=b&bike=flhx")
                .statusCode();

        // Then
        assertThat(List.of(longest, umlauts)).containsExactly(200, 200);
        assertThat(dropped()).containsExactly("a/b/flhx/Größe 日本.log", "x".repeat(180) + ".csv");
    }

    @Test
    void linksInTheDropFolder_areNotFollowed() throws Exception {
        // Given
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(fixture.drop().resolve("shop-a"), outside);
        Files.createSymbolicLink(fixture.drop().resolve("pull.csv"), outside.resolve("missing.csv"));

        // When
        int behindALink = drop("name=pull.csv&shop=shop-a").statusCode();
        int cellBehindALink = drop("name=pull.csv&shop=shop-a&cell=bay").statusCode();
        int nextToALink = drop("name=pull.csv").statusCode();

        // Then
        assertThat(List.of(behindALink, cellBehindALink, nextToALink)).containsExactly(409, 409, 200);
        assertThat(outside).isEmptyDirectory();
        assertThat(fixture.drop().resolve("pull-2.csv")).hasBinaryContent(BYTES);
    }

    @Test
    void hiddenFolderThatIsALink_isNotUsed() throws Exception {
        // Given
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(fixture.drop().resolve(".dynoai"));
        Files.createSymbolicLink(fixture.drop().resolve(".dynoai/incoming"), outside);

        // When
        int status = drop("name=pull.csv").statusCode();

        // Then
        assertThat(status).isEqualTo(409);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void uploadThatEndsEarly_leavesNothing() throws Exception {
        // Given
        Map<?, ?> offers = Json.readObject(fixture.get("/api/v1/acts").body());
        String head = "POST /api/v1/acts/drop?name=pull.csv HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                + "X-DynoAI-Secret: " + offers.get("secret") + "\r\nContent-Type: " + LOG
                + "\r\nContent-Length: 100000\r\n\r\n";
        try (RawClient client = new RawClient(fixture.dashboard().port())) {
            client.send(head + "x".repeat(70_000));
            DashboardFixture.await(() -> Files.isDirectory(fixture.drop().resolve(".dynoai/incoming")));

            // When
            client.reset();
        }

        // Then
        DashboardFixture.await(() -> Files.exists(folder.resolve("data/audit.jsonl")));
        assertThat(Files.list(fixture.drop().resolve(".dynoai/incoming"))).isEmpty();
        assertThat(dropped()).isEmpty();
        assertThat(audit().toString()).contains("refused", "did not arrive as a whole");
    }

    @Test
    void everyAct_refusesWhatIsNotItsContent() throws Exception {
        // When
        List<String> wrong = new ArrayList<>();
        for (String act : fixture.offers()) {
            String type = act.equals("drop") ? LOG : "application/json";
            String path = act.equals("drop") ? act + "?name=a.csv" : act;
            int large = act.equals("drop") ? (int) DashboardFixture.MAX_LOG_BYTES + 1 : (64 << 10) + 1;
            check(wrong, act + " of another type", 415, fixture.post(path, "text/plain", BYTES));
            check(wrong, act + " too large", 413, fixture.post(path, type, new byte[large]));
            check(wrong, act + " empty", act.equals("drop") ? 422 : 400, fixture.post(path, type, new byte[0]));
            if (!act.equals("drop")) {
                check(wrong, act + " of an array", 400, fixture.act(act, "[]"));
                check(wrong, act + " of half an object", 400, fixture.act(act, "{\"run_id\":"));
                check(wrong, act + " deep", 400, fixture.act(act, "{\"a\":" + "[".repeat(20_000)));
                check(wrong, act + " without parameters", 422, fixture.act(act, "{}"));
                check(wrong, act + " of a path", 422, fixture.act(act, "{\"run_id\":\"../../etc\",\"shop\":\"..\"}"));
                check(wrong, act + " of a number", 422, fixture.act(act, "{\"run_id\":1,\"shop\":[]}"));
            }
            int got = fixture.get("/api/v1/acts/" + act).statusCode();
            if (got != 405) {
                wrong.add("GET of " + act + ": " + got);
            }
        }
        check(wrong, "an unknown act", 404, fixture.act("delete", "{}"));

        // Then
        assertThat(wrong).isEmpty();
        assertThat(dropped()).isEmpty();
    }

    private static void check(List<String> wrong, String what, int expected, HttpResponse<String> answer) {
        if (answer.statusCode() != expected) {
            wrong.add(what + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    @Test
    void unknownRun_isNotFound_andOptionsOfFilesAreRefused() throws Exception {
        // Given
        Files.createDirectories(fixture.drop().resolve("rejected"));
        Files.createDirectories(fixture.drop().resolve("done"));
        Files.createDirectories(fixture.drop().resolve(".work"));
        String run = "\"run_id\":\"2026-03-01T09-30-00Z-00c0de\"";

        // When
        List<Integer> statuses = new ArrayList<>();
        for (String act : List.of("requeue", "replay")) {
            statuses.add(fixture.act(act, "{" + run + "}").statusCode());
            statuses.add(fixture.act(act, "{" + run + ",\"options\":{\"base_front\":\"/etc/passwd\"}}")
                    .statusCode());
        }

        // Then
        assertThat(statuses).containsExactly(404, 422, 404, 422);
    }

    @Test
    void denials_areRecorded_butNotWithoutLimit() throws Exception {
        // When
        for (int i = 0; i < 100; i++) {
            fixture.act("delete", "{}");
        }

        // Then
        List<Map<?, ?>> entries = audit();
        assertThat(entries).hasSizeBetween(30, 60);
        assertThat(entries.get(0).toString())
                .contains("act=/api/v1/acts/delete", "outcome=refused", "status=404", "who=127.0.0.1");
    }

    @Test
    void filesThatAreLeft_areShownWithTheRule_untilTheyAreGone() throws Exception {
        // Given
        Path left =
                Files.createDirectories(fixture.drop().resolve("Bob's Cycles")).resolve("pull.csv");
        Files.write(left, BYTES);

        // When
        fixture.awaitLines(1);

        // Then
        assertThat(fixture.text("/api/v1/runs?state=left"))
                .contains("\"file\":\"Bob's Cycles\"", "not a valid shop id", "SHOP/CELL", "\"state\":\"left\"");
        Files.delete(left);
        Files.delete(left.getParent());
        DashboardFixture.await(() -> fixture.dashboard().board().states().isEmpty());
    }

    @Test
    void pageWithoutActs_isReadOnly() throws Exception {
        // Given
        DashboardSettings all = DashboardFixture.settings("127.0.0.1", null, fixture.runs(), fixture.drop());
        DashboardSettings readOnly = new DashboardSettings(
                all.place(),
                null,
                all.folders(),
                all.catalogue(),
                false,
                all.recipes(),
                null,
                all.metrics(),
                all.live(),
                all.ready());
        try (Dashboard dashboard = Dashboard.start(readOnly)) {
            // When
            String offers = RawClient.answer(
                    dashboard.port(), "GET /api/v1/acts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String post = RawClient.answer(
                    dashboard.port(),
                    "POST /api/v1/acts/requeue HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");

            // Then
            assertThat(offers).endsWith("{\"acts\":[],\"credential\":null,\"shop\":null}");
            assertThat(post).startsWith("HTTP/1.1 405").contains("Allow: GET, HEAD");
        }
    }

    /** Returns a VE table with the bins of a run. */
    private static String table(PublishedRun run) throws IOException {
        List<String> lines = Files.readAllLines(run.folder().resolve("VE_Correction_Delta_Front.csv"));
        StringBuilder table = new StringBuilder(lines.get(0)).append('\n');
        for (String line : lines.subList(1, lines.size())) {
            table.append(line, 0, line.indexOf(','))
                    .append(",80.5".repeat(line.split(",", -1).length - 1))
                    .append('\n');
        }
        return table.toString();
    }

    private static String parameters(PublishedRun run, String more) {
        return "{\"shop\":\"local\",\"run_id\":\"" + run.runId() + "\"" + more + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\n", "\\n") + '"';
    }

    private Map<?, ?> done(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void recipe_isStartedByItsName_withTexts_untilTooManyWait() throws Exception {
        // Given
        String start = "{\"recipe\":\"weekly\",\"inputs\":{\"logs\":\"week 9\",\"api_token\":\"hush-hush\"}}";

        // When
        HttpResponse<String> answer = fixture.act("start-recipe", start);
        List<Integer> further = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            further.add(fixture.act("start-recipe", start).statusCode());
        }

        // Then
        Map<?, ?> done = Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(done.get("run")).isEqualTo("run-1{api_token=hush-hush, logs=week 9}");
        assertThat(done.get("command"))
                .isEqualTo("dynoai recipe run recipes/weekly.yaml --set inputs.api_token=hush-hush"
                        + " --set 'inputs.logs=week 9'");
        assertThat(further).containsExactly(200, 200, 200, 503);
        assertThat(audit().get(0).toString()).contains("act=start-recipe", "inputs=[logs, api_token]");
    }

    @Test
    void recipeThatIsNotOffered_andInputsThatAreNoTexts_areRefused() throws Exception {
        // Given
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (String recipe : List.of("none", "weekly.yaml", "WEEKLY", "incremental-tuning")) {
            expected.put("{\"recipe\":\"" + recipe + "\",\"inputs\":{\"logs\":\"a\"}}", 404);
        }
        for (String recipe : List.of("", "recipes/weekly.yaml", "../weekly", "/etc/weekly", ".weekly", "steps: []")) {
            expected.put("{\"recipe\":\"" + recipe + "\",\"inputs\":{\"logs\":\"a\"}}", 422);
        }
        expected.put("{\"recipe\":{\"steps\":[]}}", 422);
        expected.put("{\"recipe\":\"weekly\"}", 422);
        for (String inputs : List.of(
                "{}",
                "[]",
                "\"logs\"",
                "{\"logs\":7}",
                "{\"logs\":null}",
                "{\"logs\":{\"a\":1}}",
                "{\"logs\":\"{}\"}",
                "{\"logs\":\"[]\"}",
                "{\"logs\":\"a\\nb\"}",
                "{\"logs\":\"a\\u0000b\"}",
                "{\"logs\":\"" + "a".repeat(4001) + "\"}",
                "{\"logs\":\"a\",\"a.b\":\"c\"}",
                "{\"logs\":\"a\",\"\":\"c\"}",
                "{\"logs\":\"a\",\"9\":\"c\"}",
                "{\"logs\":\"a\",\"PATH\":\"c\"}",
                "{\"logs\":\"a\",\"" + "a".repeat(65) + "\":\"c\"}")) {
            expected.put("{\"recipe\":\"weekly\",\"inputs\":" + inputs + "}", 422);
        }

        // When
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (String parameters : expected.keySet()) {
            statuses.put(parameters, fixture.act("start-recipe", parameters).statusCode());
        }

        // Then
        assertThat(statuses).isEqualTo(expected);
    }

    @Test
    void veTable_isPreviewed_applied_downloadedAndRolledBack() throws Exception {
        // Given
        SampleProfile lean =
                SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 7).with(SampleProfile.Fault.LEAN_FRONT);
        PublishedRun run = fixture.run("local", "lean.csv", lean);
        String base = table(run);
        String wanted = parameters(run, ",\"cylinder\":\"front\",\"min_hits\":5,\"base\":" + quoted(base));

        // When
        Map<?, ?> preview = done(fixture.act("preview", wanted));
        boolean written = Files.exists(folder.resolve("data/tables/local"));
        Map<?, ?> applied = done(fixture.act("apply", wanted));
        String tables = "/api/v1/tables/local/" + run.runId();
        String address = tables + "/" + applied.get("id");
        Map<?, ?> again = done(fixture.act(
                "apply", parameters(run, ",\"base_of\":\"" + run.runId() + "/" + applied.get("id") + "\"")));
        Map<?, ?> restored = done(fixture.act("rollback", parameters(run, ",\"id\":\"" + applied.get("id") + "\"")));

        // Then
        assertThat(written).isFalse();
        assertThat(applied.get("preview")).isEqualTo(preview.get("preview"));
        assertThat(((List<?>) ((Map<?, ?>) preview.get("preview")).get("cells")))
                .hasSize(55);
        assertThat(fixture.text(address + "/new.csv")).isNotEqualTo(base).startsWith(base.substring(0, 10));
        assertThat(fixture.text(address + "/new_meta.json")).contains("output_sha");
        assertThat(fixture.text(address + "/base.csv")).isEqualTo(base);
        assertThat(fixture.text("/api/v1/tables/local/" + run.runId() + "/" + again.get("id") + "/base.csv"))
                .isEqualTo(fixture.text(address + "/new.csv"));
        assertThat(restored.get("done").toString()).startsWith("restored ");
        assertThat(fixture.text(address + "/restored.csv")).contains("80.5");
        assertThat(applied.get("command").toString())
                .startsWith("dynoai ve apply --base ")
                .contains("--cylinder front", "--min-hits 5");
        assertThat(fixture.text(tables)).contains("\"restored\":true", "\"restored\":false", run.runId() + "/");
        assertThat(audit().toString()).contains("base=SHA-256 ").doesNotContain("80.5");
        assertThat(SessionMarks.of(fixture.runs()).appliedMillis(run.runId())).isPresent();
    }

    @Test
    void notes_areKeptAsText_andHostileOnesAreRefused() throws Exception {
        // Given
        PublishedRun run = fixture.run("local", "pull.csv", SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 8));

        // When
        List<Integer> statuses = new ArrayList<>();
        for (String text :
                List.of("<img src=x onerror=alert(1)> it's rich", "", " ", "a\\nb", "\\u0000", "x".repeat(1001))) {
            statuses.add(fixture.act("note", parameters(run, ",\"text\":\"" + text + "\""))
                    .statusCode());
        }
        statuses.add(fixture.act("note", "{\"shop\":\"local\",\"run_id\":\"none\",\"text\":\"a\"}")
                .statusCode());

        // Then
        assertThat(statuses).containsExactly(200, 422, 422, 422, 422, 422, 404);
        assertThat(fixture.text("/api/v1/marks/local/" + run.runId()))
                .contains("\"text\":\"<img src=x onerror=alert(1)> it's rich\"", "\"applied_ms\":null");
    }

    @Test
    void hostileTables_areRefused_andLeaveNothing() throws Exception {
        // Given
        PublishedRun run = fixture.run("local", "pull.csv", SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 8));
        String base = ",\"base\":" + quoted(table(run));
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put(parameters(run, ""), 422);
        expected.put(parameters(run, ",\"base\":\"no table\""), 422);
        expected.put(parameters(run, ",\"base\":\"/etc/passwd\""), 422);
        expected.put(parameters(run, ",\"base_of\":\"../../../etc/passwd\""), 422);
        expected.put(parameters(run, ",\"base_of\":\"../..\""), 422);
        expected.put(parameters(run, base + ",\"cylinder\":\"../front\""), 422);
        expected.put(parameters(run, base + ",\"max_adjust_pct\":50"), 422);
        expected.put(parameters(run, base + ",\"max_adjust_pct\":-1"), 422);
        expected.put(parameters(run, base + ",\"min_hits\":-1"), 422);
        expected.put("{\"shop\":\"local\",\"run_id\":\"none\"" + base + "}", 404);
        expected.put("{\"shop\":\"..\",\"run_id\":\"none\"" + base + "}", 422);

        // When
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (String each : expected.keySet()) {
            statuses.put(each, fixture.act("apply", each).statusCode());
        }
        int noApply =
                fixture.act("rollback", parameters(run, ",\"id\":\"none\"")).statusCode();
        int outside = fixture.get("/api/v1/tables/local/" + run.runId() + "/..%2F..%2F../audit.jsonl")
                .statusCode();
        int unlisted = fixture.get("/api/v1/tables/local/" + run.runId() + "/none/apply.json")
                .statusCode();

        // Then
        assertThat(statuses).isEqualTo(expected);
        assertThat(List.of(noApply, outside, unlisted)).containsExactly(404, 404, 404);
        try (Stream<Path> files = Files.walk(folder.resolve("data/tables"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
