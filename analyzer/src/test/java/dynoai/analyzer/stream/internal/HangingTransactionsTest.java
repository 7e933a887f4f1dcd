package dynoai.analyzer.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.broker.EmbeddedBroker;
import dynoai.broker.PartitionTruncator;
import dynoai.broker.TestTopics;
import dynoai.broker.ThreeBrokers;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open transactions: hanging ones are aborted, others are left alone. */
@Tag("broker")
class HangingTransactionsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String TOPIC = Topics.RUN_RESULTS.in(Namespace.DEFAULT);
    private static final String OFFSETS = "__consumer_offsets";

    @TempDir
    Path temp;

    @Test
    void hangingTransaction_isAborted() throws Exception {
        // Given
        Path dead = temp.resolve("dead");
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("alive"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            try (KafkaProducer<String, byte[]> producer = topics.begun("test", TOPIC)) {
                PartitionTruncator.copyAsAfterAKill(temp.resolve("alive/kafka"), dead.resolve("kafka"));
                producer.abortTransaction();
            }
        }
        PartitionTruncator.cut(dead.resolve("kafka"), "__transaction_state", Integer.MAX_VALUE);
        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(dead, 0);
                TestTopics topics = new TestTopics(broker.clientProperties());
                Admin admin = Admin.create(topics.client())) {
            HangingTransactions hanging = new HangingTransactions(admin, Namespace.DEFAULT, System::nanoTime);
            List<HangingTransactions.Open> aborted = new ArrayList<>();
            await().atMost(TIMEOUT).until(() -> aborted.addAll(hanging.abort()));
            topics.send(TOPIC, null, "shop/run", new byte[] {2});
            // Then
            assertThat(aborted).extracting(open -> open.partition().topic()).containsExactly(TOPIC);
            assertThat(hanging.suspectsAny()).isFalse();
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(topics.read(TOPIC)).hasSize(1));
        }
    }

    @Test
    void ongoingTransaction_isLeftAlone() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("alive"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties());
                Admin admin = Admin.create(topics.client())) {
            topics.create();
            long[] now = {0};
            HangingTransactions hanging = new HangingTransactions(admin, Namespace.DEFAULT, () -> now[0]);
            try (KafkaProducer<String, byte[]> producer = topics.begun("test", TOPIC)) {
                // When
                List<HangingTransactions.Open> aborted = new ArrayList<>();
                for (int scan = 0; scan < 5; scan++) {
                    now[0] += Duration.ofMinutes(1).toNanos();
                    aborted.addAll(hanging.abort());
                }
                // Then
                assertThat(aborted).isEmpty();
                assertThat(hanging.suspectsAny()).isFalse();
                producer.commitTransaction();
            }
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(topics.read(TOPIC)).hasSize(1));
        }
    }

    @Test
    @Tag("process")
    void scan_continuesWithTheLivingBrokersWhileOneIsDown() throws Exception {
        // Given: an open transaction on a cluster whose brokers lead eight partitions each
        try (ThreeBrokers cluster = ThreeBrokers.start(temp, new TopicLayout(8, (short) 3, false));
                Admin admin = Admin.create(cluster.client());
                TestTopics topics = new TestTopics(cluster.client());
                KafkaProducer<String, byte[]> producer = topics.begun("test", TOPIC)) {
            long[] now = {0};
            HangingTransactions hanging = new HangingTransactions(admin, Namespace.DEFAULT, () -> now[0]);
            hanging.abort();
            cluster.kill(0);
            // When
            Set<Integer> skipped = new HashSet<>();
            List<HangingTransactions.Open> aborted = new ArrayList<>();
            for (int scan = 0; scan < 5; scan++) {
                now[0] += Duration.ofMinutes(1).toNanos();
                aborted.addAll(hanging.abort());
                skipped.addAll(hanging.skippedBrokers());
            }
            // Then
            assertThat(aborted).isEmpty();
            assertThat(skipped).isSubsetOf(0);
            producer.commitTransaction();
        }
    }

    @Test
    void offsetsOfAGroup_areInTheComputedPartition() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("alive"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties());
                Admin admin = Admin.create(topics.client())) {
            topics.create();
            var offset = Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(1));
            admin.alterConsumerGroupOffsets(Groups.exporter(Namespace.DEFAULT), offset)
                    .all()
                    .get();
            // When
            int partitions = admin.describeTopics(List.of(OFFSETS))
                    .allTopicNames()
                    .get()
                    .get(OFFSETS)
                    .partitions()
                    .size();
            int computed = HangingTransactions.offsetsPartition(Groups.exporter(Namespace.DEFAULT), partitions);
            // Then
            for (int partition = 0; partition < partitions; partition++) {
                var each = new TopicPartition(OFFSETS, partition);
                long end = admin.listOffsets(Map.of(each, OffsetSpec.latest()))
                        .partitionResult(each)
                        .get()
                        .offset();
                assertThat(end > 0).as("offsets in partition " + partition).isEqualTo(partition == computed);
            }
        }
    }
}
