package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.node.TestTopics;
import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analyzer whose stores were damaged while it was away. */
@Tag("broker")
class BrokenStoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AnalyzerEvents UNHEARD = new AnalyzerEvents() {};

    @TempDir
    Path data;

    @Test
    void storesThatCannotBeOpened_areMadeAgain() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.bootstrapServers())) {
            topics.create();
            AnalyzerSettings settings = new AnalyzerSettings(
                    topics.client(),
                    TopicLayout.ofEmbeddedBroker(),
                    data.resolve("state"),
                    "test",
                    1,
                    AnalyzerSettings.DEFAULT_MEMORY_BYTES);
            runUntilReady(settings);
            List<Path> damaged = damage();
            // When
            runUntilReady(settings);
            // Then
            assertThat(damaged).isNotEmpty().allSatisfy(file -> assertThat(file).doesNotExist());
        }
    }

    private static void runUntilReady(AnalyzerSettings settings) throws Exception {
        try (AnalyzerStage stage = AnalyzerStage.start(settings, UNHEARD)) {
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> stage.isReady() || !stage.isLive());
            assertThat(stage.isReady()).as(stage.whyNotReady()).isTrue();
        }
    }

    /** Breaks what a store is opened by; returns the files, which no store that was made again has. */
    private List<Path> damage() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("state"))) {
            List<Path> manifests = all.filter(
                            file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .toList();
            for (Path manifest : manifests) {
                Files.writeString(manifest, "no manifest");
                Files.writeString(manifest.resolveSibling("damaged"), "");
            }
            return manifests.stream()
                    .map(manifest -> manifest.resolveSibling("damaged"))
                    .toList();
        }
    }
}
