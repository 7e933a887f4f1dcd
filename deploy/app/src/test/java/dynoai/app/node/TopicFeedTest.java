package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.RunState;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.feed.TopicFeed;
import dynoai.dashboard.runs.RunFolders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard apart from the stages, with neither their folders nor their events. */
@Tag("broker")
class TopicFeedTest {
    private final RunBoard board = new RunBoard();
    private final Throughput throughput = new Throughput(Clock.systemUTC());

    @TempDir
    private Path temp;

    @Test
    void endStatesOfLogs_areReadFromKafka() throws Exception {
        try (LiveNode node = new LiveNode(temp)) {
            // Given
            node.drop("shop-a/cell-1/before.csv", 1);
            node.awaitIdle();

            // When
            try (TopicFeed feed = TopicFeed.start(node.clients(), board, throughput, run -> {})) {
                node.drop("shop-a/cell-1/after.csv", 2);
                node.drop("shop-b/bad.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));

                // Then
                await().atMost(LiveNode.MAX_WAIT)
                        .until(() -> board.states().equals(Map.of(RunState.DONE, 2, RunState.REJECTED, 1)));
                assertThat(feed.degraded()).isEmpty();
                assertThat(board.iterations("shop-a", "cell-1")).hasSize(2);
                await().atMost(LiveNode.MAX_WAIT)
                        .until(() -> throughput.last().rows().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()
                                >= 8000);
            }
        }
    }

    @Test
    void runReadFromKafkaAndFromItsFolder_isShownOnce() throws Exception {
        try (LiveNode node = new LiveNode(temp);
                TopicFeed feed = TopicFeed.start(node.clients(), board, throughput, run -> {})) {
            // Given
            node.drop("shop-a/cell-1/good.csv", 1);
            node.drop("shop-b/bad.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
            node.awaitIdle();
            await().atMost(LiveNode.MAX_WAIT)
                    .until(() -> board.states().equals(Map.of(RunState.DONE, 1, RunState.REJECTED, 1)));

            // When
            new RunFolders(node.runs(), temp.resolve("drop")).update(board);

            // Then
            assertThat(board.states()).isEqualTo(Map.of(RunState.DONE, 1, RunState.REJECTED, 1));
            assertThat(feed.degraded()).isEmpty();
        }
    }

    @Test
    void kafkaOutage_isReported() throws Exception {
        // Given
        LiveNode node = new LiveNode(temp);
        try (TopicFeed feed = TopicFeed.start(node.clients(), board, throughput, run -> {})) {
            await().atMost(LiveNode.MAX_WAIT).until(() -> feed.degraded().isEmpty());

            // When
            node.close();

            // Then
            await().atMost(LiveNode.MAX_WAIT)
                    .untilAsserted(() -> assertThat(feed.degraded()).contains("Kafka does not answer"));
        }
    }
}
