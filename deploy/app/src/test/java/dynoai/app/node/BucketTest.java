package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.storage.StorageAccess;
import dynoai.app.storage.StorageLocation;
import dynoai.exporter.s3.LocalS3;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with logs and runs in a bucket holds the promises of one with folders. */
@Tag("broker")
class BucketTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(3);

    @TempDir
    Path temp;

    @Test
    void nodeWithABucket_publishesTheRunsOfBatch() throws Exception {
        // Given
        NodeFixture fixture = new NodeFixture(temp.resolve("node"));
        fixture.dropLog();
        fixture.dropLog();
        fixture.dropAgain(0);
        fixture.dropBroken();
        try (LocalS3 s3 = new LocalS3(temp.resolve("s3"))) {
            StorageLocation bucket = new StorageLocation(
                    LocalS3.ADDRESS, new StorageAccess(Optional.of(s3.endpoint()), true, Optional.empty()));
            NodeSettings alone = LiveNode.settings(fixture.folder());
            NodeSettings settings = new NodeSettings(
                    alone.folder().store(bucket.store(alone.data())),
                    List.of(),
                    bucket,
                    alone.data(),
                    alone.catalogue(),
                    alone.kafka(),
                    alone.stages());
            // When
            try (Pipeline pipeline =
                    Pipeline.start(settings, Pipeline.everything(), Listeners.of(new Pipeline.Listener() {}))) {
                await().atMost(MAX_WAIT).until(() -> fixture.isSettled() && pipeline.isIdle());
            }
            // Then
            assertThat(fixture.runFolders()).isZero();
            assertThat(alone.data().resolve("store")).doesNotExist();
            fixture.fetchRuns(bucket.shelf(temp.resolve("reader"), "reader"));
        }
        assertThat(fixture.runFolders()).isEqualTo(2);
        fixture.holdsEveryPromise();
    }
}
