package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.broker.BrokerClient;
import dynoai.broker.TestTopics;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pipelines of different namespaces on one Kafka. */
@Tag("broker")
class NamespacesTest {
    private static final Namespace STAGING = new Namespace("staging");

    @TempDir
    Path temp;

    /** Returns the settings of a pipeline with folders of its own, on the broker of a node. */
    private NodeSettings staging(LiveNode node) throws IOException {
        KafkaConnection kafka = new KafkaConnection(
                node.clients().bootstrap(),
                BrokerClient.propertiesIn(temp.resolve("data")).orElseThrow(),
                1,
                STAGING);
        NodeSettings alone = LiveNode.settings(temp.resolve("staging"));
        return new NodeSettings(
                alone.folder(), alone.runs().folder(), alone.data(), alone.catalogue(), kafka, alone.stages());
    }

    private static Set<String> folders(Path runs) throws IOException {
        try (Stream<Path> entries = Files.list(runs)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> sent(TestTopics topics, Namespace namespace) {
        return topics.read(Topics.RUN_LOG.in(namespace)).stream()
                .map(record -> RunKey.parse(record.key()).runId())
                .collect(Collectors.toSet());
    }

    @Test
    void pipelinesOfTwoNamespaces_doNotSeeEachOther() throws Exception {
        try (LiveNode node = new LiveNode(temp);
                TestTopics topics = new TestTopics(node.client());
                Admin admin = Admin.create(node.client())) {
            // Given: the same log in the drop folders of both
            NodeSettings settings = staging(node);
            new TopicAdmin(admin, TopicLayout.ofCluster(1), STAGING).create();
            byte[] log = SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1), 4000);
            Files.createDirectories(settings.folder().root());
            Files.write(settings.folder().root().resolve("pull.csv"), log);
            node.drop("pull.csv", log);
            // When
            try (Pipeline staging =
                    Pipeline.start(settings, Pipeline.everything(), Listeners.of(new Pipeline.Listener() {}))) {
                await().atMost(LiveNode.MAX_WAIT).until(() -> staging.isIdle() && staging.isReady());
            }
            node.awaitIdle();
            // Then
            Set<String> ofStaging = folders(settings.runs().folder());
            assertThat(ofStaging).hasSize(1).isEqualTo(sent(topics, STAGING));
            assertThat(folders(node.runs()))
                    .hasSize(1)
                    .doesNotContainAnyElementsOf(ofStaging)
                    .isEqualTo(sent(topics, Namespace.DEFAULT));
            assertThat(admin.listTopics().names().get())
                    .allMatch(name -> STAGING.covers(name) ^ Namespace.DEFAULT.covers(name))
                    .filteredOn(name -> name.contains("changelog"))
                    .anyMatch(STAGING::covers)
                    .anyMatch(Namespace.DEFAULT::covers);
            assertThat(admin.listGroups().all().get())
                    .extracting(group -> group.groupId())
                    .containsExactlyInAnyOrder(
                            "dynoai-analyzer", "dynoai-exporter", "staging-analyzer", "staging-exporter");
        }
    }
}
