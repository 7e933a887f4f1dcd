package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.broker.EmbeddedBroker;
import dynoai.broker.TestTopics;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.DeadLetter;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analyzer that reads a newer writer's records before that writer's schema. */
@Tag("broker")
class UnknownSchemaTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String KEY = "local/r1";
    private static final byte[] NEWER = newerRecord();
    private static final long FINGERPRINT =
            ByteBuffer.wrap(NEWER).order(ByteOrder.LITTLE_ENDIAN).getLong(2);

    @TempDir
    Path data;

    @Test
    void schemaPublishedWithinTheWait_isFound() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties());
                AnalyzerStage stage = start(topics, TIMEOUT)) {
            sendRecordOfAnUnknownSchema(topics);
            // When
            topics.send(
                    Topics.schemas(Namespace.DEFAULT),
                    null,
                    UnknownSchemaException.text(FINGERPRINT),
                    WireFormat.RUN_LOG.schemaJson().getBytes(StandardCharsets.UTF_8));
            // Then
            await().dontCatchUncaughtExceptions()
                    .atMost(TIMEOUT)
                    .until(() ->
                            topics.read(Topics.RUN_GRIDS.in(Namespace.DEFAULT)).size() == 1);
            assertThat(topics.read(Topics.deadLetters(Namespace.DEFAULT))).isEmpty();
            assertThat(stage.isReady()).isTrue();
        }
    }

    @Test
    void missingSchema_makesADeadLetterAndThePartitionGoesOn() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties());
                AnalyzerStage stage = start(topics, Duration.ofMillis(200))) {
            // When
            sendRecordOfAnUnknownSchema(topics);
            topics.send(Topics.RUN_LOG.in(Namespace.DEFAULT), null, KEY, new byte[] {1});
            // Then
            await().dontCatchUncaughtExceptions()
                    .atMost(TIMEOUT)
                    .until(() ->
                            topics.read(Topics.deadLetters(Namespace.DEFAULT)).size() == 1);
            ConsumerRecord<String, byte[]> letter =
                    topics.read(Topics.deadLetters(Namespace.DEFAULT)).get(0);
            assertThat(DeadLetter.read(letter)).hasValueSatisfying(dead -> {
                assertThat(dead.topic()).isEqualTo(Topics.RUN_LOG.in(Namespace.DEFAULT));
                assertThat(dead.offset()).isZero();
                assertThat(dead.recordKey()).isEqualTo(KEY);
                assertThat(dead.value()).isEqualTo(NEWER);
                assertThat(dead.fingerprint()).isEqualTo(UnknownSchemaException.text(FINGERPRINT));
            });
            await().dontCatchUncaughtExceptions().atMost(TIMEOUT).until(stage::isIdle);
            assertThat(stage.isReady()).isTrue();
        }
    }

    private AnalyzerStage start(TestTopics topics, Duration schemaTimeout) throws Exception {
        topics.create();
        AnalyzerSettings settings = new AnalyzerSettings(
                new KafkaClients(topics.client(), Namespace.DEFAULT),
                TopicLayout.ofEmbeddedBroker(),
                data.resolve("state"),
                "test",
                1,
                0);
        AnalyzerStage stage = AnalyzerStage.start(settings, new AnalyzerEvents() {}, schemaTimeout);
        await().dontCatchUncaughtExceptions().atMost(TIMEOUT).until(stage::isReady);
        return stage;
    }

    private static void sendRecordOfAnUnknownSchema(TestTopics topics) throws Exception {
        topics.send(Topics.RUN_LOG.in(Namespace.DEFAULT), null, KEY, NEWER);
    }

    private static byte[] newerRecord() {
        byte[] newer = new RunLogEncoder(1).ended(1, 0, "");
        newer[5] ^= 1;
        return newer;
    }
}
