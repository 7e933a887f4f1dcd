package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.agent.DynoPc;
import dynoai.dashboard.feed.FleetFeed;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole pipeline with a door for shops: a log goes in over HTTP, and its run comes back. */
@Tag("broker")
class IntakeNodeTest {
    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private PipelineWithDoor pipeline;
    private String url;

    @BeforeEach
    void start() throws Exception {
        pipeline = PipelineWithDoor.start(folder);
        url = pipeline.url() + "v1/";
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void logOfAShop_isAnalysedAndGivenBack() throws Exception {
        // Given
        String token = DynoPc.token("shop-a", pipeline.clients());
        byte[] log = SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 5), 4000);
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> send(request("runs/none", token).GET()).statusCode() == 404);

        // When
        HttpResponse<byte[]> posted = send(request("logs?name=pull.csv&cell=cell1", token)
                .header("Content-Digest", digest(log))
                .POST(HttpRequest.BodyPublishers.ofByteArray(log)));
        String run = "runs/" + json(posted).at("run_id").text();
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> json(send(request(run + "?wait=20", token).GET()))
                        .at("state")
                        .text()
                        .equals("done"));
        HttpResponse<byte[]> bundle = send(request(run + "/bundle", token).GET());
        HttpResponse<byte[]> repeated = send(request("logs?name=pull.csv&cell=cell1", token)
                .header("Content-Digest", digest(log))
                .POST(HttpRequest.BodyPublishers.ofByteArray(log)));
        String duplicate = "runs/" + json(repeated).at("run_id").text();
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> json(send(request(duplicate + "?wait=20", token).GET()))
                        .at("state")
                        .text()
                        .equals("duplicate"));

        // Then
        assertThat(posted.statusCode()).isEqualTo(201);
        Path copy = Files.write(folder.resolve("pull.csv"), log);
        new BatchReference(folder.resolve("batch")).assertEqualToBatch(unzipped(bundle.body()), copy);
        assertThat(Files.readAllLines(folder.resolve("audit.jsonl")))
                .anyMatch(line -> line.contains("\"action\":\"POST /v1/logs\"") && line.contains("\"code\":\"OK\""))
                .noneMatch(line -> line.contains(token));
    }

    @Test
    void uploadsOfToday_areKnownToThePage_alsoOfShopsOfOtherPartitions() throws Exception {
        // Given
        byte[] log = SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 5), 500);
        List<String> shops = List.of("shop-a", "shop-b", "shop-c", "shop-d");
        for (String shop : shops) {
            String token = DynoPc.token(shop, pipeline.clients());
            await().atMost(LiveNode.MAX_WAIT)
                    .until(() -> send(request("logs?name=pull.csv&run_id=r1", token)
                                            .header("Content-Digest", digest(log))
                                            .POST(HttpRequest.BodyPublishers.ofByteArray(log)))
                                    .statusCode()
                            == 201);
        }

        // When
        try (FleetFeed fleet = new FleetFeed()) {
            fleet.follow(pipeline.clients());

            // Then
            await().atMost(LiveNode.MAX_WAIT)
                    .untilAsserted(() -> assertThat(shops)
                            .allSatisfy(shop ->
                                    assertThat(fleet.uploads().bytesToday(shop)).isEqualTo(log.length)));
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonTree json(HttpResponse<byte[]> response) throws Exception {
        return new JsonTree(Json.read(response.body()));
    }

    private static String digest(byte[] bytes) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Sha256.hex(bytes))) + ":";
    }

    private Path unzipped(byte[] zip) throws Exception {
        Path target = Files.createDirectories(folder.resolve("unzipped"));
        try (InputStream bytes = new ByteArrayInputStream(zip);
                ZipInputStream in = new ZipInputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Files.write(target.resolve(entry.getName()), in.readAllBytes());
            }
        }
        return target;
    }
}
