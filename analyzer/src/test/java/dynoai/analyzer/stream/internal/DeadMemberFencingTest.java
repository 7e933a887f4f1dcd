package dynoai.analyzer.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dynoai.broker.EmbeddedBroker;
import dynoai.broker.TestTopics;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open transactions of analyzers that left the group, and of members. */
@Tag("broker")
class DeadMemberFencingTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String TOPIC = Topics.RUN_GRIDS.in(Namespace.DEFAULT);
    private static final String PREFIX = Groups.analyzer(Namespace.DEFAULT) + '-';

    @TempDir
    Path temp;

    @Test
    void deadAnalyzer_isFencedAndMembersAreNot() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp, 0);
                TestTopics topics = new TestTopics(broker.clientProperties());
                Admin admin = Admin.create(topics.client())) {
            topics.create();
            try (KafkaConsumer<byte[], byte[]> member = member(topics.client(), "alive-1");
                    KafkaProducer<String, byte[]> living = topics.begun(PREFIX + "alive-1", TOPIC);
                    KafkaProducer<String, byte[]> dead = topics.begun(PREFIX + "dead-1", TOPIC)) {
                // When
                var fenced = new DeadMemberFencing(admin, Groups.analyzer(Namespace.DEFAULT)).fence();
                // Then
                assertThat(fenced).containsExactly(PREFIX + "dead-1");
                assertThatThrownBy(dead::commitTransaction).isInstanceOf(KafkaException.class);
                living.commitTransaction();
                await().atMost(TIMEOUT)
                        .untilAsserted(() -> assertThat(topics.read(TOPIC)).hasSize(1));
                assertThat(member.assignment()).isNotEmpty();
            }
        }
    }

    @Test
    void transactionOfARemovedMember_staysOpenInKafka() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp, 0);
                TestTopics topics = new TestTopics(broker.clientProperties());
                Admin admin = Admin.create(topics.client())) {
            topics.create();
            try (KafkaConsumer<byte[], byte[]> member = member(topics.client(), "dead-1");
                    KafkaProducer<String, byte[]> dead = topics.begun(PREFIX + "dead-1", TOPIC)) {
                var offsets = Map.of(member.assignment().iterator().next(), new OffsetAndMetadata(1));
                dead.sendOffsetsToTransaction(offsets, member.groupMetadata());
                // When
                admin.removeMembersFromConsumerGroup(
                                Groups.analyzer(Namespace.DEFAULT), new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get();
                // Then
                await().during(Duration.ofSeconds(3))
                        .atMost(TIMEOUT)
                        .untilAsserted(() -> assertThat(admin.describeTransactions(List.of(PREFIX + "dead-1"))
                                        .all()
                                        .get())
                                .as("Kafka aborts it now, and DeadMemberFencing is unnecessary")
                                .extractingByKey(PREFIX + "dead-1")
                                .returns(TransactionState.ONGOING, TransactionDescription::state));
            }
        }
    }

    /** A member of the group with partitions assigned. */
    private static KafkaConsumer<byte[], byte[]> member(Map<String, Object> client, String instance) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("group.id", Groups.analyzer(Namespace.DEFAULT));
        settings.put("group.instance.id", instance);
        KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        member.subscribe(List.of(Topics.RUN_LOG.in(Namespace.DEFAULT)));
        await().atMost(TIMEOUT).until(() -> {
            member.poll(Duration.ofMillis(100));
            return !member.assignment().isEmpty();
        });
        return member;
    }
}
