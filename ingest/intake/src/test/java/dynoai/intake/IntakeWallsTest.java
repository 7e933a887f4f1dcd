package dynoai.intake;

import static dynoai.intake.IntakeFixture.LOG;
import static dynoai.intake.IntakeFixture.OPERATOR;
import static dynoai.intake.IntakeFixture.OTHER;
import static dynoai.intake.IntakeFixture.READER;
import static dynoai.intake.IntakeFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.intake.http.HttpLimits;
import dynoai.intake.tls.TestKeys;
import dynoai.intake.tls.TlsFiles;
import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Role;
import dynoai.schemas.json.Json;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.ShopEntry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Every route with every credential, and the run of another shop in every place where an id can be. */
class IntakeWallsTest {
    private static final String DONE = "done-of-shop-a";
    private static final String OPEN = "open-of-shop-a";
    private static final String DROPPER = "dropper-of-shop-a";
    private static final String SHOPLESS = "token-of-no-shop";
    private static final String LOCAL_DROPPER = "token-of-local-logs";

    @TempDir
    private Path folder;

    private IntakeFixture intake;

    /** Who sends a request. */
    private enum Who {
        NONE(""),
        NO_BEARER("Basic dXNlcjpwYXNz"),
        EMPTY("Bearer "),
        MALFORMED("Bearer dyn_short"),
        UNKNOWN("Bearer dyn_abcdefghijkl_" + "A".repeat(43)),
        OTHER_SHOP("Bearer " + OTHER),
        OPERATE_ONLY("Bearer " + OPERATOR),
        /** Roles of a shop, but for all shops, which no command makes. */
        NO_SHOP("Bearer " + SHOPLESS),
        /** The name for logs that belong to no shop. */
        LOCAL("Bearer " + LOCAL_DROPPER),
        DROP_ONLY("Bearer " + DROPPER),
        READ_ONLY("Bearer " + READER),
        RIGHT("Bearer " + TOKEN);

        private final String authorization;

        Who(String authorization) {
            this.authorization = authorization;
        }

        boolean isUnknown() {
            return compareTo(UNKNOWN) <= 0;
        }

        boolean hasNoShop() {
            return this == NO_SHOP || this == LOCAL;
        }

        boolean isOfAnother() {
            return this == OTHER_SHOP || this == OPERATE_ONLY || hasNoShop();
        }
    }

    /** What a route needs. */
    private enum Needs {
        NOTHING,
        ANY,
        DROP,
        READ,
        READ_OR_DROP
    }

    /**
     * A request with an id of shop a.
     *
     * @param named whether the id is in the path, so that what may not be seen does not exist
     * @param status with the right credential
     */
    private record Request(
            String route,
            String method,
            String path,
            Needs needs,
            boolean named,
            int status,
            Map<String, String> headers,
            String body) {

        Request(String route, String path, Needs needs, boolean named, int status) {
            this(route, path, needs, named, status, Map.of(), "");
        }

        Request(
                String route,
                String path,
                Needs needs,
                boolean named,
                int status,
                Map<String, String> headers,
                String body) {
            this(route, route.substring(0, route.indexOf(' ')), path, needs, named, status, headers, body);
        }

        int expected(Who who) {
            if (needs == Needs.NOTHING) {
                return status;
            }
            if (who.isUnknown()) {
                return 401;
            }
            boolean ofShop = who != Who.OPERATE_ONLY && !who.hasNoShop();
            boolean may = switch (needs) {
                case NOTHING -> true;
                case ANY -> !who.hasNoShop();
                case DROP -> ofShop && who != Who.READ_ONLY;
                case READ -> ofShop && who != Who.DROP_ONLY;
                case READ_OR_DROP -> ofShop;
            };
            if (!may) {
                return named ? 404 : 403;
            }
            return named && who.isOfAnother() ? 404 : status;
        }
    }

    @BeforeEach
    void start() throws Exception {
        intake = new IntakeFixture(folder);
        prepare(intake);
    }

    /** Adds a run that ended and an upload that has not. */
    private static void prepare(IntakeFixture intake) throws Exception {
        intake.callers.put(DROPPER, new Caller("shop-a", Set.of(Role.DROP), "ddd"));
        intake.callers.put(SHOPLESS, new Caller(ShopEntry.ALL_SHOPS, Set.of(Role.DROP, Role.READ), "nnn"));
        intake.callers.put(LOCAL_DROPPER, new Caller(RunKey.LOCAL_SHOP, Set.of(Role.DROP, Role.READ), "lll"));
        intake.post("name=secret-pull.csv&run_id=" + DONE, TOKEN, LOG);
        intake.finish(new RunKey("shop-a", DONE));
        assertThat(intake.create(OPEN, TOKEN).statusCode()).isEqualTo(201);
        assertThat(intake.patch(OPEN, TOKEN, 0, LOG.substring(0, 5)).statusCode())
                .isEqualTo(204);
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    private HttpResponse<byte[]> send(Who who, Request request) throws Exception {
        return send(intake, who.authorization, request);
    }

    private static HttpResponse<byte[]> send(IntakeFixture intake, String authorization, Request request)
            throws Exception {
        HttpRequest.Builder builder = intake.request(request.path(), "");
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        request.headers().forEach(builder::header);
        return intake.send(builder.method(request.method(), IntakeFixture.body(request.body())));
    }

    /** Returns a request for each route. Those that change something change nothing for the right caller either. */
    private static List<Request> requests() {
        String upload = "/v1/uploads/" + OPEN;
        String run = "/v1/runs/" + DONE;
        List<Request> all = new ArrayList<>();
        all.add(new Request("OPTIONS /v1/uploads", "/v1/uploads", Needs.ANY, false, 204));
        all.add(new Request("POST /v1/uploads", "/v1/uploads", Needs.DROP, false, 400));
        all.add(new Request("HEAD /v1/uploads/{run_id}", upload, Needs.DROP, true, 200));
        all.add(new Request(
                "PATCH /v1/uploads/{run_id}",
                upload,
                Needs.DROP,
                true,
                409,
                Map.of("Content-Type", "application/offset+octet-stream", "Upload-Offset", "9"),
                "x"));
        all.add(new Request("DELETE /v1/uploads/{run_id}", "/v1/uploads/" + DONE, Needs.DROP, true, 409));
        all.add(new Request("POST /v1/logs", "/v1/logs?name=a.csv&shop=shop-a", Needs.DROP, false, 400, Map.of(), "x"));
        all.add(new Request("GET /v1/runs/{run_id}", run, Needs.READ_OR_DROP, true, 200));
        all.add(new Request(
                "POST /v1/runs/ended",
                "/v1/runs/ended",
                Needs.READ_OR_DROP,
                false,
                200,
                Map.of(),
                "{\"runs\":[\"" + DONE + "\"],\"wait\":1,\"shop\":\"shop-a\"}"));
        all.add(new Request("GET /v1/runs/{run_id}/bundle", run + "/bundle", Needs.READ, true, 200));
        all.add(new Request("GET /v1/runs/{run_id}/files/{path}", run + "/files/Table.csv", Needs.READ, true, 200));
        all.add(new Request("PUT /v1/agents/{name}", "/v1/agents/a%20b", Needs.DROP, true, 404, Map.of(), "{}"));
        for (String open : List.of("/v1/health/live", "/v1/health/ready", "/v1/openapi.json")) {
            all.add(new Request("GET " + open, open, Needs.NOTHING, false, 200));
        }
        return all;
    }

    @Test
    void everyRoute_answersEachCallerByTheTable() throws Exception {
        // Given
        Map<String, Integer> expected = new LinkedHashMap<>();
        Map<String, Integer> actual = new LinkedHashMap<>();
        Set<String> leaks = new LinkedHashSet<>();

        // When
        for (Request request : requests()) {
            for (Who who : Who.values()) {
                String key = who + " " + request.route();
                expected.put(key, request.expected(who));
                HttpResponse<byte[]> answer = send(who, request);
                actual.put(key, answer.statusCode());
                String text = answer.headers().map() + new String(answer.body(), StandardCharsets.UTF_8);
                boolean strange = who.isUnknown() || who.isOfAnother();
                // The ids that a caller waits for are repeated as unknown.
                if (strange
                        && (text.contains("shop-a") || text.contains("secret-pull") || text.contains("cell-1"))
                        && !text.contains("\"unknown\"")) {
                    leaks.add(key + ": " + text);
                }
            }
        }

        // Then
        assertThat(actual).isEqualTo(expected);
        assertThat(leaks).isEmpty();
    }

    /** Who shows a client certificate, and who has the token for which the table has the same answers. */
    private enum Certificate {
        VALID("shop-a", Who.RIGHT),
        OTHER_SHOP("shop-b", Who.OTHER_SHOP),
        LOCAL("local", Who.UNKNOWN),
        ALL_SHOPS("all", Who.UNKNOWN),
        STRANGER("stranger", Who.UNKNOWN),
        REVOKED("revoked", Who.UNKNOWN);

        private final String alias;
        private final Who like;

        Certificate(String alias, Who like) {
            this.alias = alias;
            this.like = like;
        }
    }

    @Test
    void everyRoute_answersClientCertificatesByTheTable() throws Exception {
        // Given
        TestKeys keys = new TestKeys(folder.resolve("keys"))
                .server("intake", "EC")
                .create("shop-a", "EC", "SAN=uri:dynoai:shop/shop-a")
                .create("shop-b", "EC", "SAN=uri:dynoai:shop/shop-b")
                .create("local", "EC", "SAN=uri:dynoai:shop/" + RunKey.LOCAL_SHOP)
                .create("all", "EC", "SAN=uri:dynoai:shop/*")
                .create("stranger", "EC", "SAN=uri:dynoai:shop/shop-a")
                .create("revoked", "EC", "SAN=uri:dynoai:shop/shop-c");
        StringBuilder trusted = new StringBuilder();
        for (String alias : List.of("shop-a", "shop-b", "local", "all", "revoked")) {
            trusted.append(Files.readString(keys.certificate(alias)));
        }
        Path authorities = Files.writeString(folder.resolve("clients.crt"), trusted);
        TlsFiles files = new TlsFiles(keys.certificate("intake"), keys.key("intake"), Optional.of(authorities));
        Map<String, Integer> expected = new LinkedHashMap<>();
        Map<String, Integer> actual = new LinkedHashMap<>();

        // When
        for (Certificate certificate : Certificate.values()) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(keys.client("intake", certificate.alias))
                    .build();
            Path own = folder.resolve(certificate.alias);
            try (IntakeFixture secured = new IntakeFixture(own, HttpLimits.DEFAULT, Optional.of(files), client)) {
                try (IntakeFixture data = new IntakeFixture(own)) {
                    prepare(data);
                }
                secured.certificatesRevokedUntil.put("shop-c", System.currentTimeMillis());
                for (Request request : requests()) {
                    String key = certificate + " " + request.route();
                    expected.put(key, request.expected(certificate.like));
                    actual.put(key, send(secured, "", request).statusCode());
                }
            }
        }

        // Then
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void table_hasEveryRouteOfTheDescription() throws Exception {
        // When
        Map<?, ?> description =
                Json.readObject(intake.get("/v1/openapi.json", "").body());

        // Then
        Set<String> described = new LinkedHashSet<>();
        ((Map<?, ?>) description.get("paths"))
                .forEach((path, methods) -> ((Map<?, ?>) methods)
                        .keySet()
                        .forEach(
                                method -> described.add(String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(requests().stream().map(Request::route)).containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void repliesWithoutAValidCredential_areEqual() throws Exception {
        // When
        Map<String, Set<String>> bodies = new LinkedHashMap<>();
        for (Request request : requests()) {
            for (Who who : Who.values()) {
                if (who.isUnknown() && request.needs() != Needs.NOTHING) {
                    HttpResponse<byte[]> answer = send(who, request);
                    Map<String, List<String>> headers =
                            new LinkedHashMap<>(answer.headers().map());
                    headers.remove("date");
                    headers.remove("connection"); // It depends on how much of the body had arrived.
                    bodies.computeIfAbsent(request.route(), route -> new LinkedHashSet<>())
                            .add(headers + new String(answer.body(), StandardCharsets.UTF_8));
                }
            }
        }

        // Then
        assertThat(bodies.values())
                .isNotEmpty()
                .allSatisfy(ofRoute -> assertThat(ofRoute).hasSize(1));
    }

    @Test
    void idOfAnotherShop_isFree_andNothingShowsThatItIsTaken() throws Exception {
        // When
        HttpResponse<byte[]> ended = intake.send(intake.request("/v1/runs/ended", OTHER)
                .POST(IntakeFixture.body("{\"runs\":[\"" + DONE + "\",\"" + OPEN + "\",\"never\"],\"wait\":0}")));
        HttpResponse<byte[]> foreign = intake.get("/v1/runs/" + DONE, OTHER);
        HttpResponse<byte[]> never = intake.get("/v1/runs/never", OTHER);
        HttpResponse<byte[]> created = intake.create(OPEN, OTHER);
        HttpResponse<byte[]> posted = intake.post("name=b.csv&run_id=" + DONE, OTHER, LOG);

        // Then
        assertThat(new String(ended.body(), StandardCharsets.UTF_8))
                .doesNotContain("\"done\"", "\"uploading\"", "secret-pull", "\"shop-a\"");
        assertThat(foreign.body()).isEqualTo(never.body());
        assertThat(List.of(created.statusCode(), posted.statusCode())).containsExactly(201, 201);
        assertThat(created.headers().firstValue("Upload-Offset")).hasValue("0");
        assertThat(intake.head(OPEN, TOKEN).headers().firstValue("Upload-Offset"))
                .hasValue("5");
        assertThat(intake.accepted.stream().map(log -> log.run().shop())).containsExactly("shop-a", "shop-b");
    }

    @Test
    void shop_isThatOfTheCredential() throws Exception {
        // When
        HttpResponse<byte[]> answer = intake.send(intake.request("/v1/logs?name=c.csv&run_id=mine", OTHER)
                .headers("Content-Digest", IntakeFixture.digest(LOG), "X-Shop", "shop-a")
                .POST(IntakeFixture.body(LOG)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(IntakeFixture.json(answer).at("shop").text()).isEqualTo("shop-b");
        assertThat(intake.get("/v1/runs/mine", TOKEN).statusCode()).isEqualTo(404);
    }
}
