package dynoai.intake;

import static dynoai.intake.IntakeFixture.LOG;
import static dynoai.intake.IntakeFixture.OPERATOR;
import static dynoai.intake.IntakeFixture.OTHER;
import static dynoai.intake.IntakeFixture.READER;
import static dynoai.intake.IntakeFixture.TOKEN;
import static dynoai.intake.IntakeFixture.code;
import static dynoai.intake.IntakeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.intake.http.RawClient;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.ShopEntry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeTest {
    private static final RunKey RUN = new RunKey("shop-a", "run-1");

    @TempDir
    private Path folder;

    private IntakeFixture intake;

    @BeforeEach
    void start() throws Exception {
        intake = new IntakeFixture(folder);
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
        assertThat(intake.bugs).isEmpty();
    }

    @Test
    void upload_isTakenInParts() throws Exception {
        // Given
        HttpResponse<byte[]> created = intake.create("run-1", TOKEN);

        // When
        HttpResponse<byte[]> first = intake.patch("run-1", TOKEN, 0, LOG.substring(0, 10));
        HttpResponse<byte[]> head = intake.head("run-1", TOKEN);
        HttpResponse<byte[]> last = intake.patch("run-1", TOKEN, 10, LOG.substring(10));

        // Then
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).hasValue("/v1/uploads/run-1");
        assertThat(created.headers().firstValue("Upload-Expires").orElse("")).endsWith(" GMT");
        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(first.headers().firstValue("Upload-Offset")).hasValue("10");
        assertThat(head.headers().firstValue("Upload-Offset")).hasValue("10");
        assertThat(head.headers().firstValue("Upload-Length")).hasValue("" + LOG.length());
        assertThat(head.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(last.statusCode()).isEqualTo(204);
        assertThat(last.headers().firstValue("Location")).hasValue("/v1/runs/run-1");
        assertThat(List.of(created, first, head, last))
                .allMatch(response -> response.headers()
                        .firstValue("Tus-Resumable")
                        .orElse("")
                        .equals("1.0.0"));
        assertThat(intake.accepted).singleElement().satisfies(log -> {
            assertThat(log.run()).isEqualTo(RUN);
            assertThat(log.cell()).isEqualTo("cell-1");
        });
    }

    @Test
    void smallLog_isTakenInOneRequest() throws Exception {
        // When
        HttpResponse<byte[]> posted = intake.post("name=pull.csv&run_id=run-1&map_unit=inhg", TOKEN, LOG);

        // Then
        assertThat(posted.statusCode()).isEqualTo(201);
        assertThat(posted.headers().firstValue("Location")).hasValue("/v1/runs/run-1");
        assertThat(json(posted).at("state").text()).isEqualTo("accepted");
        assertThat(intake.accepted.get(0).options()).containsEntry("map_unit", "inhg");
    }

    @Test
    void repeatedRequests_haveTheSameOutcome() throws Exception {
        // Given
        intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);
        intake.create("run-2", TOKEN);
        intake.patch("run-2", TOKEN, 0, LOG);

        // When
        HttpResponse<byte[]> post = intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);
        HttpResponse<byte[]> create = intake.create("run-2", TOKEN);
        HttpResponse<byte[]> patch = intake.patch("run-2", TOKEN, LOG.length(), "");
        HttpResponse<byte[]> conflict = intake.post("name=other.csv&run_id=run-1", TOKEN, LOG);

        // Then
        assertThat(post.statusCode()).isEqualTo(201);
        assertThat(create.statusCode()).isEqualTo(201);
        assertThat(create.headers().firstValue("Upload-Offset")).hasValue("" + LOG.length());
        assertThat(patch.statusCode()).isEqualTo(204);
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(code(conflict)).isEqualTo("RUN_ID_CONFLICT");
    }

    @Test
    void connectionThatIsCut_leavesWhatArrived() throws Exception {
        // Given
        intake.create("run-1", TOKEN);

        // When
        try (RawClient client = new RawClient(intake.intake.port())) {
            client.send("PATCH /v1/uploads/run-1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN
                    + "\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: "
                    + LOG.length() + "\r\n\r\n" + LOG.substring(0, 7));
        }

        // Then
        await().untilAsserted(
                        () -> assertThat(intake.head("run-1", TOKEN).headers().firstValue("Upload-Offset"))
                                .hasValue("7"));
        await().until(() -> intake.patch("run-1", TOKEN, 7, LOG.substring(7)).statusCode() == 204);
        assertThat(intake.accepted).hasSize(1);
    }

    @Test
    void run_isGivenBackWithItsFiles() throws Exception {
        // Given
        intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);
        intake.finish(RUN);

        // When
        JsonTree run = json(intake.get("/v1/runs/run-1", TOKEN));
        HttpResponse<byte[]> table = intake.get("/v1/runs/run-1/files/Table.csv", READER);
        HttpResponse<byte[]> bundle = intake.get("/v1/runs/run-1/bundle", READER);

        // Then
        assertThat(run.at("state").text()).isEqualTo("done");
        assertThat(run.at("files").items())
                .extracting(file -> file.at("file").text())
                .contains("data.csv", "Table.csv", "manifest.json");
        assertThat(new String(table.body(), StandardCharsets.UTF_8)).isEqualTo("RPM,35\n");
        assertThat(table.headers().firstValue("ETag")).hasValue('"' + Sha256.hex(table.body()) + '"');
        assertThat(bundle.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(bundle.headers().firstValue("ETag")).hasValue('"' + Sha256.hex(bundle.body()) + '"');
        for (HttpResponse<byte[]> response : List.of(table, bundle)) {
            HttpRequest.Builder again = HttpRequest.newBuilder(response.uri())
                    .header("Authorization", "Bearer " + READER)
                    .header(
                            "If-None-Match",
                            response.headers().firstValue("ETag").orElseThrow());
            assertThat(intake.send(again).statusCode()).isEqualTo(304);
        }
    }

    @Test
    void rejectedLog_hasTheReason() throws Exception {
        // Given
        intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);
        intake.reject(RUN);

        // When
        JsonTree run = json(intake.get("/v1/runs/run-1", TOKEN));

        // Then
        assertThat(run.at("state").text()).isEqualTo("rejected");
        assertThat(run.at("reason", "code").text()).isEqualTo("MISSING_COLUMNS");
        assertThat(run.at("reason", "hint").text()).isEqualTo("export it");
        assertThat(run.at("files").items()).isEmpty();
    }

    @Test
    void waitingClient_learnsOfTheEnd() throws Exception {
        // Given
        intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);
        CompletableFuture<JsonTree> one = CompletableFuture.supplyAsync(() -> waitFor("/v1/runs/run-1?wait=60", ""));
        CompletableFuture<JsonTree> any =
                CompletableFuture.supplyAsync(() -> waitFor("/v1/runs/ended", "{\"runs\":[\"run-1\"],\"wait\":60}"));

        // When
        intake.finish(RUN);

        // Then
        assertThat(one.get().at("state").text()).isEqualTo("done");
        assertThat(any.get().at("runs").items())
                .extracting(
                        run -> run.at("run_id").text(), run -> run.at("state").text())
                .containsExactly(Tuple.tuple("run-1", "done"));
    }

    @Test
    void runsOfOthers_areUnknown() throws Exception {
        // Given
        intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);
        intake.finish(RUN);

        // When
        JsonTree ended = waitFor("/v1/runs/ended", "{\"runs\":[\"run-1\",\"run-9\"],\"wait\":60}", OTHER);

        // Then
        assertThat(ended.at("runs").items())
                .extracting(run -> run.at("state").text())
                .containsExactly("unknown", "unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/runs/run-1",
        "GET, /v1/runs/run-1/bundle",
        "GET, /v1/runs/run-1/files/Table.csv",
        "HEAD, /v1/uploads/run-1",
        "PATCH, /v1/uploads/run-1",
        "DELETE, /v1/uploads/run-1",
    })
    void shop_neverSeesARunOfAnother(String method, String path) throws Exception {
        // Given
        intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);
        intake.finish(RUN);

        // When
        HttpResponse<byte[]> other = send(method, path, OTHER);
        HttpResponse<byte[]> unknown = send(method, path.replace("run-1", "run-9"), OTHER);
        HttpResponse<byte[]> none = send(method, path, "");
        HttpResponse<byte[]> wrong = send(method, path, "dyn_wrong");
        HttpResponse<byte[]> operator = send(method, path, OPERATOR);

        // Then
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.body()).isEqualTo(unknown.body());
        assertThat(operator.statusCode()).isEqualTo(404);
        assertThat(List.of(none.statusCode(), wrong.statusCode())).containsOnly(401);
        assertThat(none.body()).isEqualTo(wrong.body());
    }

    private HttpResponse<byte[]> send(String method, String path, String token) throws Exception {
        return intake.send(intake.request(path, token)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .method(method, IntakeFixture.body("")));
    }

    @Test
    void reader_sendsNothing() throws Exception {
        // When
        HttpResponse<byte[]> post = intake.post("name=pull.csv", READER, LOG);
        HttpResponse<byte[]> create = intake.create("run-1", READER);

        // Then
        assertThat(List.of(code(post), code(create))).containsOnly("FORBIDDEN");
    }

    @Test
    void logWithAnotherHash_isRejectedAndLeavesNothing() throws Exception {
        // When
        HttpResponse<byte[]> posted = intake.send(intake.request("/v1/logs?name=pull.csv&run_id=run-1", TOKEN)
                .header("Content-Digest", IntakeFixture.digest("another"))
                .POST(IntakeFixture.body(LOG)));

        // Then
        assertThat(posted.statusCode()).isEqualTo(422);
        assertThat(code(posted)).isEqualTo("HASH_MISMATCH");
        assertThat(intake.get("/v1/runs/run-1", TOKEN).statusCode()).isEqualTo(404);
    }

    @Test
    void quotas_areKept() throws Exception {
        // Given
        intake.limits.put("shop-a", new ShopEntry.Limits("shop-a", 1, 60, 1, 40, 0, 0, 0));

        // When
        HttpResponse<byte[]> first = intake.post("name=a.csv&run_id=run-1", TOKEN, LOG);
        HttpResponse<byte[]> large = intake.post("name=b.csv", TOKEN, LOG + LOG);
        HttpResponse<byte[]> second = intake.post("name=c.csv", TOKEN, LOG);
        HttpResponse<byte[]> third = intake.post("name=d.csv", TOKEN, LOG);
        HttpResponse<byte[]> tooMany = intake.get("/v1/runs/run-1", TOKEN);
        HttpResponse<byte[]> other = intake.post("name=d.csv", OTHER, LOG);

        // Then
        assertThat(List.of(first.statusCode(), second.statusCode(), other.statusCode()))
                .containsOnly(201);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(json(third).at("error", "message").text()).contains("60 bytes in a day");
        assertThat(Integer.parseInt(third.headers().firstValue("Retry-After").orElse("")))
                .isPositive();
        assertThat(json(tooMany).at("error", "message").text()).contains("requests in a second");
    }

    @Test
    void openUploads_areLimited() throws Exception {
        // Given
        intake.limits.put("shop-a", new ShopEntry.Limits("shop-a", 0, 0, 1, 0, 0, 0, 0));
        intake.create("run-1", TOKEN);

        // When
        HttpResponse<byte[]> second = intake.create("run-2", TOKEN);
        intake.patch("run-1", TOKEN, 0, LOG);
        HttpResponse<byte[]> later = intake.create("run-2", TOKEN);

        // Then
        assertThat(code(second)).isEqualTo("QUOTA_EXCEEDED");
        assertThat(later.statusCode()).isEqualTo(201);
    }

    @Test
    void uploadThatAnotherIntakeCompleted_isNotCounted() throws Exception {
        // Given
        intake.limits.put("shop-a", new ShopEntry.Limits("shop-a", 0, 0, 1, 0, 0, 0, 0));
        intake.create("run-1", TOKEN);
        try (IntakeFixture another = new IntakeFixture(folder)) {
            another.patch("run-1", TOKEN, 0, LOG);
        }

        // When
        HttpResponse<byte[]> second = intake.create("run-2", TOKEN);
        HttpResponse<byte[]> third = intake.create("run-3", TOKEN);

        // Then
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(code(third)).isEqualTo("QUOTA_EXCEEDED");
    }

    @Test
    void logInOneRequest_countsAsOpenUntilItIsCut() throws Exception {
        // Given
        intake.limits.put("shop-a", new ShopEntry.Limits("shop-a", 0, 0, 1, 0, 0, 0, 0));

        // When
        for (int i = 0; i < 3; i++) {
            try (RawClient client = new RawClient(intake.intake.port())) {
                client.send(
                        "POST /v1/logs?name=a.csv&run_id=cut-" + i + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                                + TOKEN + "\r\nContent-Digest: " + IntakeFixture.digest(LOG) + "\r\nContent-Length: "
                                + LOG.length() + "\r\n\r\n" + LOG.charAt(0));
                String path = "/v1/runs/cut-" + i;
                await().until(() -> intake.get(path, TOKEN).statusCode() == 200);
                assertThat(code(intake.create("run-1", TOKEN))).isEqualTo("QUOTA_EXCEEDED");
            }
            String path = "/v1/runs/cut-" + i;
            await().until(() -> intake.get(path, TOKEN).statusCode() == 404);
        }

        // Then
        assertThat(intake.create("run-1", TOKEN).statusCode()).isEqualTo(201);
    }

    @Test
    void conflictOfARunId_leavesTheUploadCounted() throws Exception {
        // Given
        intake.limits.put("shop-a", new ShopEntry.Limits("shop-a", 0, 0, 1, 0, 0, 0, 0));
        intake.create("run-1", TOKEN);

        // When
        HttpResponse<byte[]> conflict = intake.post("name=other.csv&run_id=run-1", TOKEN, LOG + LOG);
        HttpResponse<byte[]> second = intake.create("run-2", TOKEN);

        // Then
        assertThat(code(conflict)).isEqualTo("RUN_ID_CONFLICT");
        assertThat(code(second)).isEqualTo("QUOTA_EXCEEDED");
    }

    @Test
    void credentialsThatAreNotRead_areNotWrong() throws Exception {
        // Given
        intake.credentialsAreKnown = false;

        // When
        HttpResponse<byte[]> early = intake.get("/v1/runs/run-1", TOKEN);
        HttpResponse<byte[]> live = intake.get("/v1/health/live", "");

        // Then
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(live.statusCode()).isEqualTo(200);
    }

    @Test
    void agentsOfAShop_areLimited() throws Exception {
        // Given
        intake.limits.put("shop-a", new ShopEntry.Limits("shop-a", 1000, 0, 0, 0, 0, 0, 0));
        for (int i = 0; i < 50; i++) {
            contact("agent-" + i, TOKEN);
        }

        // When
        List<Integer> statuses = List.of(contact("another", TOKEN), contact("agent-1", TOKEN), contact("a", OTHER));

        // Then
        assertThat(statuses).containsExactly(429, 204, 204);
    }

    private int contact(String agent, String token) throws Exception {
        return intake.send(intake.request("/v1/agents/" + agent, token).PUT(IntakeFixture.body("{}")))
                .statusCode();
    }

    @Test
    void gauges_showConnectionsAndUseOfTheQuota() throws Exception {
        // Given
        intake.limits.put("shop-a", new ShopEntry.Limits("shop-a", 0, 1000, 0, 0, 0, 0, 0));

        // When
        intake.post("name=a.csv", TOKEN, LOG);
        intake.post("name=b.csv", TOKEN, LOG);

        // Then
        assertThat(gauge("dynoai.intake.quota.bytes.used", "shop-a")).isEqualTo(2.0 * LOG.length());
        assertThat(gauge("dynoai.intake.quota.bytes.limit", "shop-a")).isEqualTo(1000);
        assertThat(intake.meters.get("dynoai.intake.connections.open").gauge().value())
                .isPositive();
        assertThat(intake.meters
                        .find("dynoai.intake.certificate.not.after.timestamp.seconds")
                        .gauge())
                .isNull();
    }

    private double gauge(String name, String shop) {
        return intake.meters.get(name).tag("shop", shop).gauge().value();
    }

    @Test
    void logWithoutKafka_isTakenLater() throws Exception {
        // Given
        intake.kafkaIsDown = true;

        // When
        HttpResponse<byte[]> now = intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);
        intake.kafkaIsDown = false;
        HttpResponse<byte[]> later = intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);

        // Then
        assertThat(now.statusCode()).isEqualTo(503);
        assertThat(now.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(later.statusCode()).isEqualTo(201);
        assertThat(intake.accepted).hasSize(1);
    }

    @Test
    void contactOfAnAgent_isRecorded() throws Exception {
        // When
        HttpResponse<byte[]> put = intake.send(intake.request("/v1/agents/dyno-pc", TOKEN)
                .PUT(IntakeFixture.body("{\"version\":\"1.1.0\",\"started\":\"2026-03-01T09:00:00Z\",\"waiting\":3,"
                        + "\"uploading\":1,\"in_flight\":2,\"last_error\":\"\"}")));

        // Then
        assertThat(put.statusCode()).isEqualTo(204);
        assertThat(intake.contacts).singleElement().satisfies(contact -> {
            assertThat(contact.key()).isEqualTo("shop-a/dyno-pc");
            assertThat(contact.waiting()).isEqualTo(4);
            assertThat(contact.inFlight()).isEqualTo(2);
        });
    }

    @Test
    void changesAndRefusals_areAudited() throws Exception {
        // When
        intake.post("name=pull.csv&run_id=run-1", TOKEN, LOG);
        intake.get("/v1/runs/run-1", TOKEN);
        intake.get("/v1/runs/run-1", "");

        // Then
        assertThat(intake.audit).hasSize(2);
        assertThat(intake.audit.get(0))
                .contains("\"action\":\"POST /v1/logs\"", "\"code\":\"OK\"", "\"run\":\"run-1\"")
                .contains("\"shop\":\"shop-a\"", "\"credential\":\"aaa\"", "\"address\":\"127.0.0.1\"")
                .doesNotContain(TOKEN);
        assertThat(intake.audit.get(1)).contains("\"code\":\"UNAUTHORIZED\"", "\"shop\":\"\"");
    }

    @Test
    void health_needsNoCredential() throws Exception {
        // When
        int live = intake.get("/v1/health/live", "").statusCode();
        int ready = intake.get("/v1/health/ready", "").statusCode();
        intake.notReady = "Kafka at kafka-1:9092 is down";
        HttpResponse<byte[]> notReady = intake.get("/v1/health/ready", "");

        // Then
        assertThat(List.of(live, ready)).containsOnly(200);
        assertThat(notReady.statusCode()).isEqualTo(503);
        assertThat(new String(notReady.body(), StandardCharsets.UTF_8)).doesNotContain("kafka-1");
    }

    private JsonTree waitFor(String path, String body) {
        return waitFor(path, body, TOKEN);
    }

    private JsonTree waitFor(String path, String body, String token) {
        try {
            HttpRequest.Builder request = intake.request(path, token);
            return json(intake.send(body.isEmpty() ? request.GET() : request.POST(IntakeFixture.body(body))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
