package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dynoai.app.storage.StorageAccess;
import dynoai.app.storage.StorageLocation;
import dynoai.exporter.s3.LocalS3;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with logs and runs in a bucket holds the promises of one with folders. */
@Tag("broker")
class BucketTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(3);

    @TempDir
    Path temp;

    private NodeFixture fixture;
    private LocalS3 s3;
    private StorageLocation bucket;
    private NodeSettings settings;

    @BeforeEach
    void createBucket() throws Exception {
        fixture = new NodeFixture(temp.resolve("node"));
        s3 = new LocalS3(temp.resolve("s3"));
        bucket = new StorageLocation(
                LocalS3.ADDRESS, new StorageAccess(Optional.of(s3.endpoint()), true, Optional.empty()));
        NodeSettings alone = LiveNode.settings(fixture.folder());
        settings = new NodeSettings(
                alone.folder().store(bucket.store(alone.data())),
                List.of(),
                bucket,
                alone.data(),
                alone.catalogue(),
                alone.kafka(),
                alone.stages(),
                Optional.empty());
    }

    @AfterEach
    void stopServer() throws Exception {
        s3.close();
    }

    @Test
    void nodeWithABucket_publishesTheRunsOfBatch() throws Exception {
        // Given
        fixture.dropLog();
        fixture.dropLog();
        fixture.dropAgain(0);
        fixture.dropBroken();
        // When
        try (Pipeline pipeline =
                Pipeline.start(settings, Pipeline.everything(), Listeners.of(new Pipeline.Listener() {}))) {
            await().atMost(MAX_WAIT).until(() -> fixture.isSettled() && pipeline.isIdle());
        }
        // Then
        assertThat(fixture.runFolders()).isZero();
        assertThat(settings.data().resolve("store")).doesNotExist();
        fixture.fetchRuns(bucket.shelf(temp.resolve("reader"), "reader"));
        assertThat(fixture.runFolders()).isEqualTo(2);
        fixture.holdsEveryPromise();
    }

    @Test
    void page_showsTheRunsOfTheBucket() throws Exception {
        // Given
        fixture.dropLog();
        try (LiveNode node = new LiveNode(fixture.folder(), settings, null)) {
            await().atMost(MAX_WAIT)
                    .until(() -> fixture.isSettled() && node.pipeline().isIdle());
            await().atMost(MAX_WAIT).until(() -> line(node).at("/clamp_pct").asDouble() > 0);
            // When
            String run = "/api/v1/runs/local/" + line(node).at("/run_id").asText();
            JsonNode details = json(node, run);
            JsonNode grids = json(node, run + "/grids");
            String log = LiveNode.text(node.address(run + "/files/data.csv"));
            JsonNode acts = json(node, "/api/v1/acts");
            // Then
            assertThat(details.at("/details/files")).isNotEmpty();
            assertThat(grids.at("/grids")).isNotEmpty();
            assertThat(log).isEqualTo(Files.readString(fixture.originals().resolve("pull-0.csv")));
            assertThat(acts.at("/acts").toString()).contains("\"note\"").doesNotContain("session-map");
        }
    }

    private static JsonNode line(LiveNode node) throws Exception {
        return json(node, "/api/v1/runs").at("/runs/0");
    }

    private static JsonNode json(LiveNode node, String path) throws Exception {
        return new ObjectMapper().readTree(LiveNode.text(node.address(path)));
    }
}
