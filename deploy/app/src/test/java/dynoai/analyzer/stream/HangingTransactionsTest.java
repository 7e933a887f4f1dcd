package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.node.PartitionTruncator;
import dynoai.app.node.TestTopics;
import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open transactions: of those that nobody will ever end, readers must get past; of others, nothing may be lost. */
@Tag("broker")
class HangingTransactionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = Topics.RUN_RESULTS.name();

    @TempDir
    Path temp;

    @Test
    void transactionOfWhichTheCoordinatorKnowsNothing_isEnded() throws Exception {
        // Given
        Path dead = temp.resolve("dead");
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("alive"), 0);
                TestTopics topics = new TestTopics(broker.bootstrapServers())) {
            topics.create();
            try (KafkaProducer<String, byte[]> producer = topics.begun("test", TOPIC)) {
                PartitionTruncator.copyAsAfterAKill(temp.resolve("alive/kafka"), dead.resolve("kafka"));
                producer.abortTransaction();
            }
        }
        PartitionTruncator.cut(dead.resolve("kafka"), "__transaction_state", Integer.MAX_VALUE);
        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(dead, 0);
                TestTopics topics = new TestTopics(broker.bootstrapServers());
                Admin admin = Admin.create(topics.client())) {
            HangingTransactions orphaned = new HangingTransactions(admin, System::nanoTime);
            List<HangingTransactions.Open> ended = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> ended.addAll(orphaned.end()));
            topics.send(TOPIC, null, "shop/run", new byte[] {2});
            // Then
            assertThat(ended).extracting(open -> open.partition().topic()).containsExactly(TOPIC);
            assertThat(orphaned.suspectsAny()).isFalse();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(topics.read(TOPIC)).hasSize(1));
        }
    }

    @Test
    void transactionThatGoesOn_isLeftAlone() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("alive"), 0);
                TestTopics topics = new TestTopics(broker.bootstrapServers());
                Admin admin = Admin.create(topics.client())) {
            topics.create();
            long[] now = {0};
            HangingTransactions orphaned = new HangingTransactions(admin, () -> now[0]);
            try (KafkaProducer<String, byte[]> producer = topics.begun("test", TOPIC)) {
                // When
                for (int look = 0; look < 5; look++) {
                    now[0] += Duration.ofMinutes(1).toNanos();
                    assertThat(orphaned.end()).isEmpty();
                    assertThat(orphaned.suspectsAny()).isFalse();
                }
                producer.commitTransaction();
            }
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(topics.read(TOPIC)).hasSize(1));
        }
    }
}
