package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dynoai.app.node.TestTopics;
import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions of analyzers, of which one is dead and one is a member of the group. */
@Tag("broker")
class DeadMemberFencingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = Topics.RUN_GRIDS.name();
    private static final String PREFIX = AnalyzerSettings.APPLICATION_ID + '-';

    @TempDir
    Path temp;

    @Test
    void transactionOfADeadAnalyzer_isEndedAndThatOfALivingOneIsNot() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp, 0);
                TestTopics topics = new TestTopics(broker.bootstrapServers());
                Admin admin = Admin.create(topics.client())) {
            topics.create();
            try (KafkaConsumer<byte[], byte[]> member = member(topics.client());
                    KafkaProducer<String, byte[]> living = topics.begun(PREFIX + "alive-1", TOPIC);
                    KafkaProducer<String, byte[]> dead = topics.begun(PREFIX + "dead-1", TOPIC)) {
                await().atMost(PATIENCE).until(() -> {
                    member.poll(Duration.ofMillis(100));
                    return !member.assignment().isEmpty();
                });
                // When
                var ended = new DeadMemberFencing(admin).end();
                // Then
                assertThat(ended).containsExactly(PREFIX + "dead-1");
                assertThatThrownBy(dead::commitTransaction).isInstanceOf(KafkaException.class);
                living.commitTransaction();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(topics.read(TOPIC)).hasSize(1));
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> member(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("group.id", AnalyzerSettings.APPLICATION_ID);
        settings.put("group.instance.id", "alive-1");
        KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        member.subscribe(List.of(Topics.RUN_LOG.name()));
        return member;
    }
}
