package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.deadletter.DeadLetterMonitor;
import dynoai.app.deadletter.DeadLetterReplay;
import dynoai.broker.TestTopics;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of unknown schemas on every topic of a running pipeline. */
@Tag("broker")
class DeadLettersTest {
    private static final byte[] UNKNOWN = HexFormat.of().parseHex("c3010102030405060708aabb");
    private static final String FINGERPRINT = "0807060504030201";

    @TempDir
    Path temp;

    @Test
    void recordsOfUnknownSchemas_stopNoLogAndAreReplayedOnceTheSchemaAppears() throws Exception {
        try (LiveNode node = new LiveNode(temp);
                TestTopics topics = new TestTopics(node.client())) {
            // Given
            for (int partition = 0; partition < Topics.EMBEDDED_PARTITIONS; partition++) {
                topics.send(Topics.RUN_LOG.in(Namespace.DEFAULT), partition, "bad/log-" + partition, UNKNOWN);
                topics.send(Topics.RUN_GRIDS.in(Namespace.DEFAULT), partition, "bad/grids-" + partition, UNKNOWN);
                topics.send(Topics.RUN_RESULTS.in(Namespace.DEFAULT), partition, "bad/result-" + partition, UNKNOWN);
            }
            topics.send(Topics.INGEST_LEDGER.in(Namespace.DEFAULT), null, "run/bad/x", UNKNOWN);
            int letters = 3 * Topics.EMBEDDED_PARTITIONS + 1;
            await().atMost(LiveNode.MAX_WAIT)
                    .until(() -> node.pipeline().deadLetters().count() == letters);
            node.drop("good/pull.csv", 1);
            node.awaitIdle();
            String ready = node.pipeline().ready().text();
            boolean stayedReady = node.pipeline().isReady();
            List<DeadLetterReplay.Outcome> before = replay(node);
            topics.send(
                    Topics.schemas(Namespace.DEFAULT),
                    null,
                    FINGERPRINT,
                    WireFormat.RUN_RESULT.schemaJson().getBytes(StandardCharsets.UTF_8));
            // When
            List<DeadLetterReplay.Outcome> after = replay(node);
            // Then
            assertThat(stayedReady).isTrue();
            assertThat(ready).startsWith("ready; " + letters + " dead letters, the first from dynoai.");
            assertThat(before).hasSize(letters).containsOnly(DeadLetterReplay.Outcome.SCHEMA_STILL_UNKNOWN);
            assertThat(after).hasSize(letters).containsOnly(DeadLetterReplay.Outcome.REPLAYED);
            await().atMost(LiveNode.MAX_WAIT)
                    .until(() -> node.pipeline().deadLetters().count() == 0);
            assertThat(DeadLetterMonitor.latest(temp.resolve("data")).count()).isZero();
            assertThat(topics.read(Topics.deadLetters(Namespace.DEFAULT)).stream()
                            .flatMap(record -> DeadLetter.read(record).stream()))
                    .allMatch(letter -> Arrays.equals(letter.value(), UNKNOWN));
            assertThat(node.pipeline().isReady()).isTrue();
        }
    }

    private static List<DeadLetterReplay.Outcome> replay(LiveNode node) throws Exception {
        List<DeadLetterReplay.Outcome> outcomes = new ArrayList<>();
        new DeadLetterReplay(node.clients(), null, 1000, false).run((letter, outcome) -> outcomes.add(outcome));
        return outcomes;
    }
}
