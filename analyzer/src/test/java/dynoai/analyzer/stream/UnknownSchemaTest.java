package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.broker.EmbeddedBroker;
import dynoai.broker.TestTopics;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analyzer that reads a newer writer's records before that writer's schema. */
@Tag("broker")
class UnknownSchemaTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(1);
    private static final String KEY = "local/r1";
    private static final byte[] NEWER = newerRecord();
    private static final long FINGERPRINT =
            ByteBuffer.wrap(NEWER).order(ByteOrder.LITTLE_ENDIAN).getLong(2);

    @TempDir
    Path data;

    @Test
    void missingSchema_keepsTheStageUnreadyUntilItIsPublished() throws Exception {
        // Given
        List<String> readiness = new CopyOnWriteArrayList<>();
        AnalyzerEvents events = new AnalyzerEvents() {
            @Override
            public void readinessChanged(String whyNot) {
                readiness.add(whyNot);
            }
        };
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties());
                AnalyzerStage stage = start(topics, events)) {
            readiness.clear();
            sendRecordOfAnUnknownSchema(topics);
            await().dontCatchUncaughtExceptions().atMost(TIMEOUT).until(() -> !stage.isReady());
            // When
            topics.send(
                    Topics.SCHEMAS,
                    null,
                    UnknownSchemaException.text(FINGERPRINT),
                    WireFormat.RUN_LOG.schemaJson().getBytes(StandardCharsets.UTF_8));
            // Then
            await().dontCatchUncaughtExceptions().atMost(TIMEOUT).until(stage::isReady);
            await().dontCatchUncaughtExceptions()
                    .atMost(TIMEOUT)
                    .until(() -> topics.read(Topics.RUN_GRIDS.name()).size() == 1);
            assertThat(readiness).hasSize(2).last().isEqualTo("");
        }
    }

    @Test
    void recordOfAnUnknownSchema_isNotSkipped() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties());
                AnalyzerStage stage = start(topics, new AnalyzerEvents() {})) {
            // When
            sendRecordOfAnUnknownSchema(topics);
            // Then
            await().dontCatchUncaughtExceptions().atMost(TIMEOUT).until(() -> !stage.isReady());
            assertThat(stage.notReadyReason()).contains(UnknownSchemaException.text(FINGERPRINT));
            await().dontCatchUncaughtExceptions()
                    .during(SCHEMA_TIMEOUT.multipliedBy(4))
                    .atMost(TIMEOUT)
                    .until(() -> !stage.isReady() && stage.failure().isEmpty());
            assertThat(topics.read(Topics.RUN_GRIDS.name())).isEmpty();
        }
    }

    private AnalyzerStage start(TestTopics topics, AnalyzerEvents events) throws Exception {
        topics.create();
        AnalyzerSettings settings =
                new AnalyzerSettings(topics.client(), TopicLayout.ofEmbeddedBroker(), data.resolve("state"), "test", 1);
        AnalyzerStage stage = AnalyzerStage.start(settings, events, SCHEMA_TIMEOUT);
        await().dontCatchUncaughtExceptions().atMost(TIMEOUT).until(stage::isReady);
        return stage;
    }

    private static void sendRecordOfAnUnknownSchema(TestTopics topics) throws Exception {
        topics.send(Topics.RUN_LOG.name(), null, KEY, NEWER);
    }

    private static byte[] newerRecord() {
        byte[] newer = new RunLogEncoder(1).ended(1, 0, "");
        newer[5] ^= 1;
        return newer;
    }
}
