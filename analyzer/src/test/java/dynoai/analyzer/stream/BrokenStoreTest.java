package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dynoai.broker.EmbeddedBroker;
import dynoai.broker.TestTopics;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analyzer whose stores were damaged while it was stopped. */
@Tag("broker")
class BrokenStoreTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final AnalyzerEvents NO_EVENTS = new AnalyzerEvents() {};

    @TempDir
    Path data;

    @Test
    void damagedStores_areRestored() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            AnalyzerSettings settings = settings(topics);
            runUntilReady(settings);
            List<Path> damaged = damage();
            // When
            runUntilReady(settings);
            // Then
            assertThat(damaged).isNotEmpty().allSatisfy(file -> assertThat(file).doesNotExist());
        }
    }

    @Test
    void damagedStores_stopKafkaStreamsAtItsStart_withoutTheTask() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            AnalyzerSettings settings = settings(topics);
            runUntilReady(settings);
            damage();
            Topology topology = TopologyRun.topology();
            try (KafkaStreams streams = new KafkaStreams(topology, settings.streams())) {
                // When
                Throwable thrown = catchThrowable(streams::start);
                // Then
                assertThat(thrown)
                        .as("Kafka Streams restores such stores now, and LocalState is unnecessary")
                        .isInstanceOf(ProcessorStateException.class);
                assertThat(((ProcessorStateException) thrown).taskId())
                        .as("Kafka Streams names the task now, and LocalState need not parse the message")
                        .isEmpty();
            }
        }
    }

    private AnalyzerSettings settings(TestTopics topics) {
        return new AnalyzerSettings(
                new KafkaClients(topics.client(), Namespace.DEFAULT),
                TopicLayout.ofEmbeddedBroker(),
                data.resolve("state"),
                "test",
                1,
                0);
    }

    private static void runUntilReady(AnalyzerSettings settings) throws Exception {
        try (AnalyzerStage stage = AnalyzerStage.start(settings, NO_EVENTS)) {
            await().dontCatchUncaughtExceptions()
                    .atMost(TIMEOUT)
                    .until(() -> stage.isReady() || stage.failure().isPresent());
            assertThat(stage.isReady()).as(stage.notReadyReason()).isTrue();
        }
    }

    /** Damages every store and marks it; returns the marks, which a restored store does not have. */
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
