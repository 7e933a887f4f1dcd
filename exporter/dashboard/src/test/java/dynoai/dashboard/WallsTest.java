package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.PublishedRun;
import dynoai.engine.sample.SampleProfile;
import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.access.Role;
import dynoai.schemas.access.Token;
import dynoai.schemas.json.Json;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route with every credential, and the name of another shop in every place where one can be. */
class WallsTest {
    private static final String ALPHA = "shop-alpha";
    private static final String BETA = "shop-beta";
    private static final String REJECTED = "2026-03-01T09-30-00Z-00c0de";

    @TempDir
    private Path folder;

    private final FixedCredentials credentials = new FixedCredentials();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Who, String> tokens = new LinkedHashMap<>();
    private DashboardFixture fixture;
    private PublishedRun alphas;
    private PublishedRun betas;
    private String table = "";

    /** Who sends a request. */
    private enum Who {
        NONE,
        MALFORMED,
        WRONG_SECRET,
        REVOKED,
        ALL_SHOPS_WITHOUT_OPERATE,
        OTHER_SHOP,
        DROP_ONLY,
        READ_ONLY,
        RIGHT,
        OPERATOR
    }

    @BeforeEach
    void twoShops() throws Exception {
        fixture = new DashboardFixture(folder, credentials);
        alphas = fixture.run(ALPHA, "alpha-log.csv", SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 7));
        betas = fixture.run(BETA, "beta-log.csv", SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 8));
        rejectAlphasLog();
        Path recipeRun = Files.createDirectories(folder.resolve("recipe-runs/weekly/r1/logs"));
        Files.writeString(recipeRun.resolveSibling("run.json"), "{}");
        Files.writeString(recipeRun.resolve("a.log"), "of " + ALPHA);
        fixture.awaitLines(3);
        tokens.put(Who.NONE, "");
        tokens.put(Who.MALFORMED, "dyn_short_secret");
        String right = credentials.token(ALPHA, Role.DROP, Role.READ);
        Token wrong =
                new Token(Token.parse(right).orElseThrow().id(), Token.fresh().secret());
        tokens.put(Who.WRONG_SECRET, wrong.text());
        String revoked = credentials.token(ALPHA, Role.DROP, Role.READ);
        credentials.revoke(revoked);
        tokens.put(Who.REVOKED, revoked);
        tokens.put(Who.ALL_SHOPS_WITHOUT_OPERATE, credentials.token(ShopEntry.ALL_SHOPS, Role.DROP, Role.READ));
        tokens.put(Who.OTHER_SHOP, credentials.token(BETA, Role.DROP, Role.READ));
        tokens.put(Who.DROP_ONLY, credentials.token(ALPHA, Role.DROP));
        tokens.put(Who.READ_ONLY, credentials.token(ALPHA, Role.READ));
        tokens.put(Who.RIGHT, right);
        tokens.put(Who.OPERATOR, credentials.token(ShopEntry.ALL_SHOPS, Role.OPERATE));
        table = applied();
        assertThat(act(
                                Who.OPERATOR,
                                "session-map",
                                "{\"shop\":\"" + ALPHA + "\",\"session\":\"" + alphas.runId() + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private void rejectAlphasLog() throws IOException {
        fixture.reject(ALPHA + "/cell-alpha/bad-alpha.csv", "MISSING_COLUMNS", "no rpm in bad-alpha.csv", "export it");
        Path rejected = fixture.drop().resolve("rejected/2026-03-01/" + REJECTED + "-x.csv");
        Claim claim = new Claim(
                REJECTED,
                ALPHA,
                "cell-alpha",
                "",
                ALPHA + "/cell-alpha/bad-alpha.csv",
                "bad-alpha.csv",
                3,
                "",
                AnalysisOptions.defaults(),
                Map.of(),
                Optional.empty(),
                0,
                false,
                Instant.EPOCH,
                "");
        Files.write(rejected.resolve("run.yaml"), Yaml.write(claim.toMap()));
        Files.writeString(rejected.resolve("bad-alpha.csv"), "bad");
    }

    /** Returns the id of an apply of the shop alpha. */
    private String applied() throws Exception {
        StringBuilder base = new StringBuilder("RPM,35,50,65,80,95\\n");
        for (int rpm = 1500; rpm <= 6500; rpm += 500) {
            base.append(rpm).append(",80,80,80,80,80\\n");
        }
        HttpResponse<String> answer = act(
                Who.OPERATOR,
                "apply",
                "{\"shop\":\"" + ALPHA + "\",\"run_id\":\"" + alphas.runId() + "\",\"cylinder\":\"front\",\"base\":\""
                        + base + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return String.valueOf(
                Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8)).get("id"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private HttpRequest.Builder request(Who who, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(fixture.address(path));
        String token = tokens.getOrDefault(who, "");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> get(Who who, String path) throws IOException, InterruptedException {
        return client.send(request(who, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> act(Who who, String act, String body) throws IOException, InterruptedException {
        return post(who, "/api/v1/acts/" + act, "application/json", body);
    }

    private HttpResponse<String> post(Who who, String path, String type, String body)
            throws IOException, InterruptedException {
        Object secret = Json.readObject(get(Who.OPERATOR, "/api/v1/acts").body().getBytes(StandardCharsets.UTF_8))
                .get("secret");
        return client.send(
                request(who, path)
                        .headers(
                                "Origin",
                                "http://127.0.0.1:" + fixture.dashboard().port(),
                                "Content-Type",
                                type)
                        .header("X-DynoAI-Secret", String.valueOf(secret))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** What a route shows. */
    private enum Shows {
        /** Nothing of a shop. */
        NOTHING,
        /** A page without content, or what the caller may do. */
        NO_RUNS,
        /** What the caller may see of the runs. */
        OWN_RUNS,
        /** Something of the shop alpha. */
        ALPHA,
        /** What only operators see. */
        EVERYTHING
    }

    /** Returns all paths to read, with ids of the shop alpha, by the path of the description or of the page. */
    private Map<String, Map.Entry<String, Shows>> reads() {
        String run = ALPHA + "/" + alphas.runId();
        Map<String, Map.Entry<String, Shows>> reads = new LinkedHashMap<>();
        reads.put("/", Map.entry("/", Shows.NO_RUNS));
        reads.put("/runs/{shop}/{run_id}", Map.entry("/runs/" + run, Shows.ALPHA));
        reads.put("/cells/{shop}/{cell}", Map.entry("/cells/" + ALPHA + "/default", Shows.ALPHA));
        for (String page : List.of("/rejected", "/recipes", "/audit", "/fleet", "/api/v1/acts")) {
            reads.put(page, Map.entry(page, Shows.NO_RUNS));
        }
        reads.put("/recipes/{recipe}/{run}", Map.entry("/recipes/weekly/r1", Shows.NO_RUNS));
        for (String open : List.of("/health/live", "/health/ready", "/api/v1/openapi.json")) {
            reads.put(open, Map.entry(open, Shows.NOTHING));
        }
        reads.put("/assets/{name}", Map.entry("/assets/style.css", Shows.NOTHING));
        reads.put("/metrics", Map.entry("/metrics", Shows.EVERYTHING));
        String api = "/api/v1/runs/{shop}/{run_id}";
        reads.put(api, Map.entry("/api/v1/runs/" + run, Shows.ALPHA));
        for (String part : List.of("grids", "timeline", "compare", "table", "files/{file}")) {
            String path = part.replace("{file}", "manifest.json")
                    .replace("compare", "compare?with=" + run)
                    .replace("table", "table?cylinder=front");
            reads.put(api + "/" + part, Map.entry("/api/v1/runs/" + run + "/" + path, Shows.ALPHA));
        }
        for (String list : List.of("/api/v1/runs", "/api/v1/shops", "/api/v1/events")) {
            reads.put(list, Map.entry(list, Shows.OWN_RUNS));
        }
        reads.put("/api/v1/cells/{shop}/{cell}", Map.entry("/api/v1/cells/" + ALPHA + "/default", Shows.ALPHA));
        String session = "/api/v1/sessions/{shop}/{session}";
        reads.put(session, Map.entry("/api/v1/sessions/" + run, Shows.ALPHA));
        reads.put(session + "/map", Map.entry("/api/v1/sessions/" + run + "/map", Shows.ALPHA));
        reads.put(session + "/map/{file}", Map.entry("/api/v1/sessions/" + run + "/map/manifest.json", Shows.ALPHA));
        reads.put("/api/v1/rejected/{run_id}/log", Map.entry("/api/v1/rejected/" + REJECTED + "/log", Shows.ALPHA));
        reads.put("/api/v1/marks/{shop}/{run_id}", Map.entry("/api/v1/marks/" + run, Shows.ALPHA));
        reads.put("/api/v1/tables/{shop}/{run_id}", Map.entry("/api/v1/tables/" + run, Shows.ALPHA));
        reads.put(
                "/api/v1/tables/{shop}/{run_id}/{id}/{file}",
                Map.entry("/api/v1/tables/" + run + "/" + table + "/new.csv", Shows.ALPHA));
        reads.put("/api/v1/audit", Map.entry("/api/v1/audit", Shows.EVERYTHING));
        reads.put("/api/v1/fleet", Map.entry("/api/v1/fleet", Shows.EVERYTHING));
        reads.put("/api/v1/recipes", Map.entry("/api/v1/recipes", Shows.EVERYTHING));
        reads.put("/api/v1/recipes/{recipe}/{run}", Map.entry("/api/v1/recipes/weekly/r1", Shows.EVERYTHING));
        reads.put(
                "/api/v1/recipes/{recipe}/{run}/logs/{step}",
                Map.entry("/api/v1/recipes/weekly/r1/logs/a", Shows.EVERYTHING));
        return reads;
    }

    private static int expected(Shows shows, Who who) {
        return switch (who) {
            case NONE, MALFORMED, WRONG_SECRET, REVOKED -> shows == Shows.NOTHING ? 200 : 401;
            case OPERATOR -> 200;
            case OTHER_SHOP, ALL_SHOPS_WITHOUT_OPERATE ->
                switch (shows) {
                    case EVERYTHING -> 403;
                    case ALPHA -> 404;
                    case NOTHING, NO_RUNS, OWN_RUNS -> 200;
                };
            case DROP_ONLY -> shows == Shows.NOTHING || shows == Shows.NO_RUNS ? 200 : 403;
            case READ_ONLY, RIGHT -> shows == Shows.EVERYTHING ? 403 : 200;
        };
    }

    /** Returns what only the shop alpha and operators know. */
    private List<String> alphasOwn() {
        return List.of("alpha", alphas.runId(), REJECTED);
    }

    @Test
    void everyRoute_answersEachCallerByTheTable() throws Exception {
        // Given
        Map<String, Integer> expected = new LinkedHashMap<>();
        Map<String, Integer> actual = new LinkedHashMap<>();
        Set<String> leaks = new LinkedHashSet<>();

        // When
        for (Map.Entry<String, Map.Entry<String, Shows>> read : reads().entrySet()) {
            for (Who who : Who.values()) {
                Shows shows = read.getValue().getValue();
                String path = read.getValue().getKey();
                boolean page = read.getKey().contains("{shop}") && !path.startsWith("/api");
                String key = who + " " + read.getKey();
                expected.put(key, who == Who.DROP_ONLY && page ? Integer.valueOf(200) : expected(shows, who));
                HttpResponse<InputStream> answer =
                        client.send(request(who, path).build(), HttpResponse.BodyHandlers.ofInputStream());
                actual.put(key, answer.statusCode());
                String text = answer.headers() + text(answer, path.endsWith("/events"));
                if (who.compareTo(Who.OTHER_SHOP) <= 0) {
                    alphasOwn().stream()
                            .filter(own -> text.toLowerCase(Locale.ROOT).contains(own.toLowerCase(Locale.ROOT)))
                            .forEach(own -> leaks.add(key + " has " + own));
                }
            }
        }

        // Then
        assertThat(actual).isEqualTo(expected);
        assertThat(leaks).isEmpty();
    }

    /** @param stream whether only the first event is read */
    private static String text(HttpResponse<InputStream> answer, boolean stream) throws IOException {
        try (InputStream body = answer.body()) {
            if (!stream || answer.statusCode() != 200) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
            StringBuilder text = new StringBuilder();
            while (!text.toString().contains("data: ") || text.charAt(text.length() - 1) != '\n') {
                text.append((char) body.read());
            }
            return text.toString();
        }
    }

    @Test
    void table_hasEveryPathOfTheDescription() throws Exception {
        // When
        Map<?, ?> description =
                Json.readObject(get(Who.NONE, "/api/v1/openapi.json").body().getBytes(StandardCharsets.UTF_8));

        // Then
        List<String> described = ((Map<?, ?>) description.get("paths"))
                .entrySet().stream()
                        .filter(path -> ((Map<?, ?>) path.getValue()).containsKey("get"))
                        .map(path -> String.valueOf(path.getKey()))
                        .toList();
        assertThat(reads().keySet()).containsAll(described);
    }

    @Test
    void idsOfAnotherShop_findNothing_whereverTheyAre() throws Exception {
        // Given
        String own = "/api/v1/runs/" + BETA + "/" + betas.runId();
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put("/api/v1/runs?shop=" + ALPHA, 200);
        expected.put("/api/v1/runs?q=alpha", 200);
        expected.put("/api/v1/runs?q=" + alphas.runId(), 200);
        expected.put("/api/v1/runs?cell=cell-alpha&state=rejected", 200);
        expected.put("/api/v1/runs?page=2", 200);
        expected.put(own, 200);
        expected.put(own + "/compare?with=" + ALPHA + "/" + alphas.runId(), 404);
        expected.put("/api/v1/cells/" + BETA + "/default?session=" + alphas.runId(), 404);
        expected.put("/api/v1/sessions/" + BETA + "/" + alphas.runId(), 404);
        expected.put("/api/v1/runs/" + BETA + "/" + alphas.runId() + "/grids", 404);
        expected.put("/api/v1/runs/" + BETA + "/..%2f" + ALPHA, 404);
        expected.put("/api/v1/runs/" + BETA + "%2f..%2f" + ALPHA + "/" + alphas.runId() + "/grids", 404);
        expected.put("/api/v1/runs/local/" + ALPHA + "/grids", 404);
        expected.put("/api/v1/runs/*/" + alphas.runId(), 404);
        expected.put("/api/v1/runs//" + alphas.runId(), 404);
        expected.put("/api/v1/events?shop=" + ALPHA, 200);
        Map<String, Integer> actual = new LinkedHashMap<>();
        List<String> bodies = new ArrayList<>();

        // When
        for (String path : expected.keySet()) {
            HttpResponse<InputStream> answer = client.send(
                    request(Who.OTHER_SHOP, path).header("X-Shop", ALPHA).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            actual.put(path, answer.statusCode());
            bodies.add(text(answer, path.startsWith("/api/v1/events")));
        }

        // Then
        assertThat(actual).isEqualTo(expected);
        assertThat(bodies)
                .allSatisfy(body -> assertThat(body).doesNotContain(ALPHA, "bad-alpha", "alpha-log", REJECTED));
        assertThat(bodies.subList(0, 4)).allSatisfy(body -> assertThat(body).contains("\"total\":0"));
        assertThat(bodies.get(bodies.size() - 1)).contains("\"rejected\":0", "\"done\":1");
    }

    @Test
    void acts_areOfOperators_andADropIsOfTheTokensShop() throws Exception {
        // Given
        String acts = "{\"shop\":\"%s\",\"run_id\":\"%s\",\"session\":\"%s\",\"text\":\"x\",\"cell\":\"default\"}";
        String body = String.format(acts, ALPHA, alphas.runId(), alphas.runId());
        Map<String, Integer> expected = new LinkedHashMap<>();
        Map<String, Integer> actual = new LinkedHashMap<>();

        // When
        for (Who who : Who.values()) {
            boolean unknown = who.compareTo(Who.REVOKED) <= 0;
            for (String act :
                    List.of("note", "applied", "new-session", "session-map", "replay", "requeue", "rollback")) {
                if (who != Who.OPERATOR) {
                    expected.put(who + " " + act, unknown ? 401 : 403);
                    actual.put(who + " " + act, act(who, act, body).statusCode());
                }
            }
            expected.put(who + " start-recipe", unknown ? 401 : who == Who.OPERATOR ? 422 : 403);
            actual.put(
                    who + " start-recipe",
                    act(who, "start-recipe", "{\"recipe\":\"weekly\"}").statusCode());
            String drop = "/api/v1/acts/drop?name=of-" + who + ".csv&shop=" + ALPHA;
            expected.put(
                    who + " drop",
                    switch (who) {
                        case NONE, MALFORMED, WRONG_SECRET, REVOKED -> 401;
                        case OTHER_SHOP, ALL_SHOPS_WITHOUT_OPERATE -> 404;
                        case READ_ONLY -> 403;
                        case DROP_ONLY, RIGHT, OPERATOR -> 200;
                    });
            actual.put(
                    who + " drop",
                    post(who, drop, "application/octet-stream", "a,b\n").statusCode());
        }
        int ownDrop = post(
                        Who.OTHER_SHOP, "/api/v1/acts/drop?name=own.csv&cell=c1", "application/octet-stream", "a,b\n")
                .statusCode();

        // Then
        assertThat(actual).isEqualTo(expected);
        assertThat(ownDrop).isEqualTo(200);
        assertThat(fixture.drop().resolve(BETA + "/c1/own.csv")).exists();
        assertThat(fixture.drop().resolve(ALPHA + "/of-OTHER_SHOP.csv")).doesNotExist();
        assertThat(fixture.drop().resolve("*")).doesNotExist();
    }

    @Test
    void answersWithoutAValidToken_areEqual() throws Exception {
        // Given
        List<String> paths = List.of("/", "/api/v1/runs", "/api/v1/runs/" + ALPHA + "/" + alphas.runId(), "/metrics");

        // When
        List<List<String>> bodies = new ArrayList<>();
        for (String path : paths) {
            List<String> ofPath = new ArrayList<>();
            for (Who who : List.of(Who.NONE, Who.MALFORMED, Who.WRONG_SECRET, Who.REVOKED)) {
                HttpResponse<String> answer = get(who, path);
                ofPath.add(answer.body()
                        + answer.headers().map().entrySet().stream()
                                .filter(header -> !header.getKey().equalsIgnoreCase("date"))
                                .toList());
            }
            bodies.add(ofPath);
        }

        // Then
        assertThat(bodies).allSatisfy(ofPath -> assertThat(Set.copyOf(ofPath)).hasSize(1));
    }

    @Test
    void eventsOfAShop_doNotMoveWhenAnotherShopHasARun() throws Exception {
        // Given
        String before =
                Json.readObject(get(Who.OTHER_SHOP, "/api/v1/runs").body().getBytes(StandardCharsets.UTF_8))
                                .get("version")
                        + "";

        // When
        fixture.run(ALPHA, "alpha-second.csv", SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 9));
        fixture.awaitLines(4);
        HttpResponse<String> after = get(Who.OTHER_SHOP, "/api/v1/runs");
        HttpResponse<String> own = get(Who.RIGHT, "/api/v1/runs?state=done");

        // Then
        assertThat(after.body()).contains("\"version\":" + before + "}", "\"total\":1");
        assertThat(own.body()).contains("\"total\":2");
    }
}
