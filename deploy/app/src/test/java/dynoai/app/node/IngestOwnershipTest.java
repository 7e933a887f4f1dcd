package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dynoai.broker.EmbeddedBroker;
import dynoai.broker.TestTopics;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.stage.IngestSettings;
import dynoai.ingest.stage.IngestStage;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two ingests on one drop folder: on one machine the lock stops the second, across machines the ledger stops the first. */
@Tag("broker")
class IngestOwnershipTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String FIRST = "drop";
    private static final String SECOND = "mounted";

    @TempDir
    Path temp;

    private IngestStage start(TestTopics topics, String root, String node) throws Exception {
        FolderSettings folder = FolderSettings.of(temp.resolve(root), new FolderStore(temp.resolve("store")))
                .settle(Duration.ofMillis(200))
                .poll(Duration.ofMillis(200))
                .watch(false)
                .takeExisting(true);
        return IngestStage.start(
                new IngestSettings(
                        List.of(folder),
                        temp.resolve("ledger-" + node.replace('/', '-')),
                        new KafkaClients(topics.client(), Namespace.DEFAULT),
                        node,
                        false),
                IngestEvents.NONE);
    }

    private void drop(String root, int number) throws Exception {
        byte[] bytes = SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, number), 2000);
        Path part = Files.write(temp.resolve(root).resolve("pull-" + number + ".csv.part"), bytes);
        Files.move(part, temp.resolve(root).resolve("pull-" + number + ".csv"));
    }

    /** How often each log was started on the run log, by its hash. */
    private static Map<String, Integer> started(TestTopics topics) throws Exception {
        Map<String, Integer> started = new TreeMap<>();
        for (var record : topics.read(Topics.RUN_LOG.in(Namespace.DEFAULT))) {
            if (Topics.RUN_LOG.decoder(WriterSchemas.none()).decode(record.value())
                    instanceof RunLogRecord.Started start) {
                started.merge(start.run().sha256(), 1, Integer::sum);
            }
        }
        return started;
    }

    @Test
    void secondIngestOnTheSameMachine_failsAndNamesTheFirst() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            // Given
            topics.create();
            try (IngestStage first = start(topics, FIRST, "north/one")) {
                await().atMost(TIMEOUT).until(first::isReady);
                // When
                var second = assertThatThrownBy(() -> start(topics, FIRST, "north/two"));
                // Then
                second.isInstanceOf(IOException.class).hasMessageContaining("is already taken by process");
                assertThat(first.isReady()).isTrue();
            }
        }
    }

    /** A root with the same id stands for a drop folder on a network drive whose locks do not reach other machines. */
    @Test
    void secondIngestOnAnotherMachine_takesTheFolderOver() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            try (IngestStage first = start(topics, FIRST, "north/one")) {
                // Given
                await().atMost(TIMEOUT).until(first::isReady);
                drop(FIRST, 1);
                await().atMost(TIMEOUT).until(() -> started(topics).size() == 1);
                Path own = Files.createDirectories(temp.resolve(SECOND).resolve(".dynoai"));
                Files.copy(temp.resolve(FIRST).resolve(".dynoai/root-id"), own.resolve("root-id"));
                // When
                try (IngestStage second = start(topics, SECOND, "south/two")) {
                    drop(SECOND, 2);
                    // Then
                    await().atMost(TIMEOUT).until(() -> first.failure().isPresent());
                    await().atMost(TIMEOUT).until(() -> started(topics).size() == 2);
                    assertThat(first.failure().orElseThrow()).contains("was taken over by south/two");
                    assertThat(second.isReady()).isTrue();
                    assertThat(second.failure()).isEmpty();
                    assertThat(started(topics).values()).containsOnly(1);
                }
            }
        }
    }

    /** Only a node that fences this one's producer takes over; a record alone is damaged or forged. */
    @Test
    void damagedSignatureOfTheOwner_isReplacedAndStopsNothing() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            try (IngestStage stage = start(topics, FIRST, "north/one")) {
                // Given
                await().atMost(TIMEOUT).until(stage::isReady);
                ConsumerRecord<String, byte[]> genuine = signatures(topics).get(0);
                String damaged =
                        new String(genuine.value(), StandardCharsets.ISO_8859_1).replace("north/one", "north/two");
                // When
                topics.send(genuine.topic(), 0, genuine.key(), damaged.getBytes(StandardCharsets.ISO_8859_1));
                drop(FIRST, 1);
                // Then
                await().atMost(TIMEOUT)
                        .until(() -> signatures(topics).size() == 3
                                || stage.failure().isPresent());
                await().atMost(TIMEOUT)
                        .until(() ->
                                started(topics).size() == 1 || stage.failure().isPresent());
                assertThat(stage.failure()).isEmpty();
                assertThat(stage.isReady()).isTrue();
                assertThat(started(topics).values()).containsOnly(1);
            }
        }
    }

    private static List<ConsumerRecord<String, byte[]>> signatures(TestTopics topics) {
        return topics.read(Topics.INGEST_LEDGER.in(Namespace.DEFAULT)).stream()
                .filter(record -> record.key().startsWith("root/"))
                .toList();
    }
}
