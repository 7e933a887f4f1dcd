package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.ingest.folder.DropReport;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Topics that stay deleted until the stages notice it, and are created by the next start. */
@Tag("broker")
class RecreatedTopicsTest {
    @TempDir
    Path temp;

    private static Stream<Arguments> topics() {
        return Stream.of(
                Arguments.of(List.of(Topics.RUN_GRIDS.in(Namespace.DEFAULT)), "exporter: no partitions are assigned"),
                Arguments.of(
                        List.of(
                                Topics.RUN_RESULTS.in(Namespace.DEFAULT),
                                Topics.INGEST_LEDGER.in(Namespace.DEFAULT),
                                Topics.schemas(Namespace.DEFAULT),
                                Topics.deadLetters(Namespace.DEFAULT)),
                        "topics: deleted while the node ran"));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void nextStart_finishesEveryLog(List<String> deleted, String noticed) throws Exception {
        // Given
        try (LiveNode node = new LiveNode(temp);
                Admin admin = Admin.create(node.client())) {
            node.drop("shop/first.csv", 1);
            node.awaitIdle();
            admin.deleteTopics(deleted).all().get();
            await().atMost(LiveNode.MAX_WAIT)
                    .until(() -> node.pipeline().ready().text().contains(noticed));
            node.drop("shop/second.csv", 2);
        }

        // When
        try (LiveNode next = new LiveNode(temp)) {
            next.drop("shop/third.csv", 3);
            next.awaitIdle();

            // Then
            assertThat(DropReport.of(temp.resolve("drop")).in(DropReport.State.DONE))
                    .hasSize(3);
        }
    }
}
