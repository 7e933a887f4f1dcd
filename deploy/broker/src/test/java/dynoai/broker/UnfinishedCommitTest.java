package dynoai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that dies between the decision to commit and the transaction markers. */
@Tag("broker")
class UnfinishedCommitTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String TOPIC = Topics.RUN_RESULTS.in(Namespace.DEFAULT);
    private static final String TRANSACTION = "test";

    @TempDir
    Path temp;

    @Test
    void commitInterruptedByAKill_isFinishedByTheNextBroker() throws Exception {
        // Given
        Path dead = temp.resolve("dead");
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("alive"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            commit(topics);
            PartitionTruncator.copyAsAfterAKill(temp.resolve("alive/kafka"), dead.resolve("kafka"));
        }
        PartitionTruncator.cut(dead.resolve("kafka"), TOPIC, 1);
        PartitionTruncator.cut(dead.resolve("kafka"), "__transaction_state", 1);
        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(dead, 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            // Then
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(topics.read(TOPIC)).hasSize(1));
        }
    }

    /** Returns when nothing of the transaction is left to be written. */
    private static void commit(TestTopics topics) {
        try (Admin admin = Admin.create(topics.client());
                KafkaProducer<String, byte[]> producer = topics.begun(TRANSACTION, TOPIC)) {
            producer.commitTransaction();
            await().atMost(TIMEOUT)
                    .until(() -> admin.listTransactions().all().get().stream()
                            .anyMatch(listed -> listed.transactionalId().equals(TRANSACTION)
                                    && listed.state() == TransactionState.COMPLETE_COMMIT));
        }
    }
}
