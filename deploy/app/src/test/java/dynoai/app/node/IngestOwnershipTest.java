package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dynoai.broker.EmbeddedBroker;
import dynoai.broker.TestTopics;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.ingest.folder.DropRoot;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.IngestEvents;
import dynoai.ingest.stage.IngestSettings;
import dynoai.ingest.stage.IngestStage;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two ingests on one drop folder: on one machine the lock refuses the second, across machines the ledger ends the first. */
@Tag("broker")
class IngestOwnershipTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path temp;

    private IngestStage start(TestTopics topics, String node) throws Exception {
        FolderSettings folder = FolderSettings.of(temp.resolve("drop"), temp.resolve("store"))
                .settle(Duration.ofMillis(200))
                .poll(Duration.ofMillis(200))
                .watch(false)
                .takeExisting(true);
        return IngestStage.start(new IngestSettings(folder, topics.client(), node, false), IngestEvents.NONE);
    }

    private void drop(int number) throws Exception {
        byte[] bytes = SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, number), 2000);
        Path part = Files.write(temp.resolve("drop").resolve("pull-" + number + ".csv.part"), bytes);
        Files.move(part, temp.resolve("drop").resolve("pull-" + number + ".csv"));
    }

    /** How often each log was started on the run log, by its hash. */
    private static Map<String, Integer> started(TestTopics topics) throws Exception {
        Map<String, Integer> started = new TreeMap<>();
        for (var record : topics.read(Topics.RUN_LOG.name())) {
            if (Topics.RUN_LOG.decoder(WriterSchemas.none()).decode(record.value())
                    instanceof RunLogRecord.Started start) {
                started.merge(start.run().sha256(), 1, Integer::sum);
            }
        }
        return started;
    }

    @Test
    void secondIngest_isRefusedBesideTheFirst_andEndsItFromElsewhere() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.bootstrapServers())) {
            topics.create();
            try (IngestStage first = start(topics, "north/one")) {
                // Given
                await().atMost(PATIENCE).until(first::isReady);
                drop(1);
                await().atMost(PATIENCE).until(() -> started(topics).size() == 1);
                assertThatThrownBy(() -> start(topics, "north/two"))
                        .isInstanceOf(DropRoot.RootTaken.class)
                        .hasMessageContaining("is already taken by process");
                assertThat(first.isReady()).isTrue();
                // When the second cannot see the first one's lock, as on some network drives
                Files.delete(temp.resolve("drop/.dynoai/lock"));
                try (IngestStage second = start(topics, "south/two")) {
                    drop(2);
                    await().atMost(PATIENCE).until(() -> first.failure().isPresent());
                    drop(3);
                    await().atMost(PATIENCE).until(() -> started(topics).size() == 3);
                    // Then
                    assertThat(first.failure().orElseThrow()).hasMessageContaining("was taken over by south/two");
                    assertThat(second.isReady()).isTrue();
                    assertThat(second.failure()).isEmpty();
                    assertThat(started(topics).values()).containsOnly(1);
                }
            }
        }
    }
}
