package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.broker.TestTopics;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that may write to the topics sends an earlier run's outcome and result under the id of each run in flight. */
@Tag("broker")
class ForgedRecordsTest {
    private static final int VICTIMS = 5;

    @TempDir
    Path temp;

    @Test
    void earlierGridsAndResultsUnderAnotherId_takeNoRunId() throws Exception {
        try (LiveNode node = new LiveNode(temp);
                TestTopics topics = new TestTopics(node.client())) {
            // Given
            node.drop("first/pull.csv", 1);
            node.awaitIdle();
            RunOutcome.Completed earlier = (RunOutcome.Completed) Topics.RUN_GRIDS
                    .decoder(WriterSchemas.none())
                    .decode(topics.read(Topics.RUN_GRIDS.in(Namespace.DEFAULT))
                            .get(0)
                            .value());
            RunResult ended = Topics.RUN_RESULTS
                    .decoder(WriterSchemas.none())
                    .decode(topics.read(Topics.RUN_RESULTS.in(Namespace.DEFAULT))
                            .get(0)
                            .value());
            Set<String> known = new HashSet<>(keys(topics));
            // When
            for (int i = 0; i < VICTIMS; i++) {
                node.drop("victim-" + i + "/pull.csv", 100 + i);
            }
            await().atMost(LiveNode.MAX_WAIT).until(() -> {
                for (String key : keys(topics)) {
                    if (known.add(key)) {
                        forge(topics, RunKey.parse(key), earlier, ended);
                    }
                }
                return known.size() == VICTIMS + 1;
            });
            node.awaitIdle();
            // Then
            for (int i = 0; i < VICTIMS; i++) {
                List<Manifest> manifests = manifests(node.runs().resolve("victim-" + i));
                assertThat(manifests).singleElement().satisfies(manifest -> {
                    assertThat(manifest.ok()).isTrue();
                    assertThat(manifest.inputSha256())
                            .isNotEqualTo(earlier.started().sha256());
                });
            }
            assertThat(temp.resolve("drop/rejected")).doesNotExist();
            assertThat(LiveNode.text(node.address("/metrics"))).containsPattern("dynoai_exporter_warnings_total [1-9]");
        }
    }

    private static List<String> keys(TestTopics topics) {
        return topics.read(Topics.RUN_LOG.in(Namespace.DEFAULT)).stream()
                .map(ConsumerRecord::key)
                .distinct()
                .toList();
    }

    private static void forge(TestTopics topics, RunKey victim, RunOutcome.Completed earlier, RunResult ended)
            throws Exception {
        RunStarted run = earlier.started();
        RunStarted renamed = new RunStarted(
                victim.runId(),
                victim.shop(),
                run.cell(),
                run.fileName(),
                run.originalPath(),
                run.sha256(),
                run.sizeBytes(),
                run.description(),
                run.options(),
                run.optionFiles(),
                run.ingestedAtMillis(),
                run.signature(),
                run.storeId());
        RunOutcome outcome = new RunOutcome.Completed(victim, earlier.attempt(), renamed, earlier.grids());
        RunResult result = new RunResult(
                victim,
                ended.cell(),
                ended.attempt(),
                ended.fileName(),
                ended.inputSha256(),
                ended.ok(),
                ended.lastStage(),
                ended.code(),
                ended.message(),
                ended.folder(),
                ended.fingerprint(),
                ended.mathVersion(),
                ended.rowsRead(),
                ended.binsCovered(),
                ended.frontAccepted(),
                ended.rearAccepted(),
                ended.ingestedAtMillis(),
                ended.completedAtMillis(),
                ended.signature());
        String key = victim.toString();
        topics.send(
                Topics.RUN_GRIDS.in(Namespace.DEFAULT),
                null,
                key,
                Topics.RUN_GRIDS.format().encode(outcome));
        topics.send(
                Topics.RUN_RESULTS.in(Namespace.DEFAULT),
                null,
                key,
                Topics.RUN_RESULTS.format().encode(result));
    }

    private static List<Manifest> manifests(Path shop) throws Exception {
        List<Manifest> manifests = new ArrayList<>();
        try (Stream<Path> runs = Files.list(shop)) {
            for (Path run : runs.toList()) {
                manifests.add(ManifestReader.read(run));
            }
        }
        return manifests;
    }
}
