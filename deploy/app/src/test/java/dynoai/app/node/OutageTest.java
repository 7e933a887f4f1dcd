package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import dynoai.broker.ThreeBrokers;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of three brokers are gone for a while. */
@Tag("process")
class OutageTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(3);

    @TempDir
    Path temp;

    private NodeSettings settings(ThreeBrokers cluster, NodeFixture home) {
        Map<String, String> client = new TreeMap<>();
        cluster.client().forEach((name, value) -> client.put(name, value.toString()));
        NodeSettings alone = LiveNode.settings(home.folder());
        return new NodeSettings(
                alone.folder(),
                alone.runs().folder(),
                alone.data(),
                alone.catalogue(),
                new KafkaConnection(client.get("bootstrap.servers"), client, 3, Namespace.DEFAULT),
                alone.stages());
    }

    @Test
    void stages_areNotReadyInTheOutage_andContinueAfterIt() throws Exception {
        try (ThreeBrokers cluster = ThreeBrokers.start(temp.resolve("kafka"), TopicLayout.ofCluster(3))) {
            // Given
            NodeFixture home = new NodeFixture(temp.resolve("home"));
            try (Pipeline pipeline = Pipeline.start(
                    settings(cluster, home), Pipeline.everything(), Listeners.of(new Pipeline.Listener() {}))) {
                home.dropLog();
                await().atMost(MAX_WAIT).until(() -> home.runFolders() == 1 && pipeline.isReady());
                // When
                cluster.kill(0);
                cluster.kill(1);
                home.dropLog();
                // Then
                await().atMost(MAX_WAIT).until(() -> pipeline.ready().text().contains("topics: "));
                cluster.start(0);
                cluster.start(1);
                // Then
                await().atMost(MAX_WAIT).until(() -> home.isSettled() && pipeline.isReady());
            }
            home.holdsEveryPromise();
        }
    }
}
