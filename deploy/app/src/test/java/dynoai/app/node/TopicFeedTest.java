package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueAddress;
import dynoai.catalogue.CatalogueException;
import dynoai.catalogue.feed.CatalogueFeed;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.catalogue.shelf.FolderSweep;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.feed.TopicFeed;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard apart from the stages, with neither their folders nor their events. */
@Tag("broker")
class TopicFeedTest {
    private final Throughput throughput = new Throughput(Clock.systemUTC());
    private Catalogue catalogue;
    private RunBoard board;

    @TempDir
    private Path temp;

    @BeforeEach
    void open() throws IOException {
        catalogue = Catalogue.open(new CatalogueAddress.File(temp.resolve("catalogue.db")));
        board = new RunBoard(catalogue);
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void endStatesOfLogs_areReadFromKafka() throws Exception {
        try (LiveNode node = new LiveNode(temp)) {
            // Given
            node.drop("shop-a/cell-1/before.csv", 1);
            node.awaitIdle();

            // When
            try (TopicFeed feed = TopicFeed.start(node.clients(), board);
                    CatalogueFeed results = results(node.clients())) {
                node.drop("shop-a/cell-1/after.csv", 2);
                node.drop("shop-b/bad.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));

                // Then
                awaitStates(Map.of(RunState.DONE, 2, RunState.REJECTED, 1));
                assertThat(feed.degraded() + results.degraded()).isEmpty();
                assertThat(board.iterations("shop-a", "cell-1")).hasSize(2);
                await().atMost(LiveNode.MAX_WAIT)
                        .until(() -> throughput.last("").rows().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()
                                >= 8000);
            }
        }
    }

    @Test
    void runReadFromKafkaAndFromItsFolder_isShownOnce() throws Exception {
        try (LiveNode node = new LiveNode(temp);
                TopicFeed feed = TopicFeed.start(node.clients(), board);
                CatalogueFeed results = results(node.clients())) {
            // Given
            node.drop("shop-a/cell-1/good.csv", 1);
            node.drop("shop-b/bad.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
            node.awaitIdle();
            awaitStates(Map.of(RunState.DONE, 1, RunState.REJECTED, 1));

            // When
            new FolderSweep(catalogue, new RunFolders(node.runs(), temp.resolve("drop")), board::written).step();

            // Then
            assertThat(board.states()).isEqualTo(Map.of(RunState.DONE, 1, RunState.REJECTED, 1));
            assertThat(feed.degraded() + results.degraded()).isEmpty();
        }
    }

    @Test
    void resultsReadBefore_areNotReadAgain() throws Exception {
        try (LiveNode node = new LiveNode(temp)) {
            // Given
            node.drop("shop-a/cell-1/good.csv", 1);
            node.awaitIdle();
            try (CatalogueFeed first = results(node.clients())) {
                awaitStates(Map.of(RunState.DONE, 1));
                assertThat(first.degraded()).isEmpty();
            }
            catalogue.remove(catalogue.after("", "", 10));

            // When
            try (CatalogueFeed second = results(node.clients())) {
                node.drop("shop-a/cell-1/next.csv", 2);
                awaitStates(Map.of(RunState.DONE, 1));

                // Then
                assertThat(catalogue.after("", "", 10))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.line().file()).isEqualTo("next.csv"));
                assertThat(second.degraded()).isEmpty();
            }
        }
    }

    @Test
    void kafkaOutage_isReported() throws Exception {
        // Given
        LiveNode node = new LiveNode(temp);
        try (TopicFeed feed = TopicFeed.start(node.clients(), board);
                CatalogueFeed results = results(node.clients())) {
            await().atMost(LiveNode.MAX_WAIT).until(() -> (feed.degraded() + results.degraded()).isEmpty());

            // When
            node.close();

            // Then
            await().atMost(LiveNode.MAX_WAIT).untilAsserted(() -> {
                assertThat(feed.degraded()).contains("Kafka does not answer");
                assertThat(results.degraded()).contains("Kafka does not answer");
            });
        }
    }

    private void awaitStates(Map<RunState, Integer> states) {
        await().atMost(LiveNode.MAX_WAIT).until(() -> {
            board.refresh();
            board.flush();
            return board.states().equals(states);
        });
    }

    private CatalogueFeed results(KafkaClients clients) {
        return CatalogueFeed.start(
                clients, catalogue, new RunFolders(temp.resolve("nothing-here"), null), new CatalogueFeed.Listener() {
                    @Override
                    public void written(List<RunLine> runs) throws CatalogueException {
                        board.written(runs);
                    }

                    @Override
                    public void ended(RunResult result) {
                        throughput.runEnded(result.key().shop(), result.completedAtMillis(), result.rowsRead());
                    }
                });
    }
}
