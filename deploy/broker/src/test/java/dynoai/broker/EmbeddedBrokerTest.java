package dynoai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.SchemaPublisher;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.WireFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class EmbeddedBrokerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @Test
    void servingBroker_isHealthy() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {

            // When
            createTopics(broker);

            // Then
            await().atMost(TIMEOUT).untilAsserted(() -> {
                BrokerHealth health = broker.health();
                assertThat(health.state()).isEqualTo(BrokerHealth.SERVING);
                assertThat(health.activeControllers()).isEqualTo(1);
                assertThat(health.offlinePartitions()).isZero();
                assertThat(health.offlineDirectories()).isZero();
                assertThat(health.handlersIdle()).isPositive();
            });
        }
    }

    @Test
    void restart_keepsCommittedRecords() throws Exception {
        // Given
        byte[] record = new RunLogEncoder(1).abandoned("a test");
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            createTopics(broker);
            try (var producer = transactional(broker)) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(Topics.RUN_LOG.in(Namespace.DEFAULT), 2, "local/r", record));
                producer.commitTransaction();
            }
        }
        // When
        byte[] read;
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            read = firstRecord(broker);
        }
        // Then
        assertThat(Topics.RUN_LOG.decoder(f -> "").decode(read)).isEqualTo(new RunLogRecord.Abandoned(1, "a test"));
    }

    @Test
    void secondBrokerOnOneDirectory_failsWithTheHoldersName() throws Exception {
        // Given
        try (EmbeddedBroker first = EmbeddedBroker.start(data, 0)) {
            // When
            var thrown = assertThatThrownBy(() -> EmbeddedBroker.start(data, 0));
            // Then
            thrown.isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            createTopics(first);
        }
    }

    @Test
    void topics_areCreatedOnce() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                Admin admin = Admin.create(broker.clientProperties())) {
            var topics = new TopicAdmin(admin, TopicLayout.ofEmbeddedBroker(), Namespace.DEFAULT);
            List<String> missing = topics.check();
            // When
            List<String> created = topics.create();
            // Then
            assertThat(missing).hasSize(11).allMatch(finding -> finding.contains("is missing"));
            assertThat(created)
                    .hasSize(11)
                    .contains(
                            Topics.schemas(Namespace.DEFAULT),
                            Topics.deadLetters(Namespace.DEFAULT),
                            Topics.INGEST_LEDGER.in(Namespace.DEFAULT));
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(topics.check()).isEmpty());
            assertThat(topics.create()).isEmpty();
        }
    }

    @Test
    void changedTopics_areFound() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                Admin admin = Admin.create(broker.clientProperties())) {
            createTopics(broker);
            var topics = new TopicAdmin(admin, TopicLayout.ofEmbeddedBroker(), Namespace.DEFAULT);
            await().atMost(TIMEOUT).until(() -> topics.check().isEmpty());
            // When
            admin.createPartitions(Map.of(Topics.RUN_LOG.in(Namespace.DEFAULT), NewPartitions.increaseTo(5)))
                    .all()
                    .get();
            var ledger = new ConfigResource(ConfigResource.Type.TOPIC, Topics.INGEST_LEDGER.in(Namespace.DEFAULT));
            var policy = new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(ledger, List.of(policy))).all().get();
            // Then
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(topics.check())
                            .hasSize(2)
                            .anyMatch(finding -> finding.contains("dynoai.run-log.v1 has 5 partitions, expected 4"))
                            .anyMatch(finding -> finding.contains("cleanup.policy=delete, expected compact,delete")));
        }
    }

    @Test
    void resultsOfAnEarlierVersion_mayStayWithoutALimit() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                Admin admin = Admin.create(broker.clientProperties())) {
            createTopics(broker);
            var topics = new TopicAdmin(admin, TopicLayout.ofEmbeddedBroker(), Namespace.DEFAULT);
            await().atMost(TIMEOUT).until(() -> topics.check().isEmpty());
            // When
            var results = new ConfigResource(ConfigResource.Type.TOPIC, Topics.RUN_RESULTS.in(Namespace.DEFAULT));
            var policy = new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET);
            var limit = new AlterConfigOp(new ConfigEntry("retention.ms", ""), AlterConfigOp.OpType.DELETE);
            admin.incrementalAlterConfigs(Map.of(results, List.of(policy, limit)))
                    .all()
                    .get();
            // Then
            await().atMost(TIMEOUT)
                    .until(() -> admin.describeConfigs(List.of(results))
                            .all()
                            .get()
                            .get(results)
                            .get("cleanup.policy")
                            .value()
                            .equals("compact"));
            assertThat(topics.check()).isEmpty();
        }
    }

    /** On one broker: the replicas of three cannot be made, but their settings are checked and set all the same. */
    @Test
    void settingsOfReplicatedTopics_areFoundAndRepaired() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                Admin admin = Admin.create(broker.clientProperties())) {
            createTopics(broker);
            String changelog = Groups.analyzer(Namespace.DEFAULT) + "-run-windows-changelog";
            admin.createTopics(List.of(new NewTopic(changelog, 1, (short) 1)))
                    .all()
                    .get();
            var replicated = new TopicAdmin(
                    admin,
                    new TopicLayout(TopicLayout.ofEmbeddedBroker().partitions(), (short) 3, true),
                    Namespace.DEFAULT);
            await().atMost(TIMEOUT)
                    .until(() -> replicated.missing().isEmpty()
                            && admin.listTopics().names().get().contains(changelog));
            // When
            List<String> found = replicated.check();
            List<String> repaired = replicated.repair();
            // Then
            assertThat(found)
                    .filteredOn(finding -> finding.endsWith("has min.insync.replicas=1, expected 2"))
                    .hasSize(12)
                    .anyMatch(finding -> finding.contains(changelog));
            assertThat(repaired).hasSize(12).contains("min.insync.replicas=2 of " + changelog);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(replicated.check())
                            .hasSize(12)
                            .allMatch(finding -> finding.contains("has 1 replicas")));
        }
    }

    @Test
    void settingThatATopicTakesFromTheCluster_isChecked() throws Exception {
        // Given: nothing in the topic's own settings deviates
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                Admin admin = Admin.create(broker.clientProperties())) {
            createTopics(broker);
            var topics = new TopicAdmin(admin, TopicLayout.ofEmbeddedBroker(), Namespace.DEFAULT);
            await().atMost(TIMEOUT).until(() -> topics.check().isEmpty());
            var ledger = new ConfigResource(ConfigResource.Type.TOPIC, Topics.INGEST_LEDGER.in(Namespace.DEFAULT));
            var ofTopic = new AlterConfigOp(new ConfigEntry("min.insync.replicas", ""), AlterConfigOp.OpType.DELETE);
            var cluster = new ConfigResource(ConfigResource.Type.BROKER, "");
            var ofCluster = new AlterConfigOp(new ConfigEntry("min.insync.replicas", "3"), AlterConfigOp.OpType.SET);
            // When
            admin.incrementalAlterConfigs(Map.of(ledger, List.of(ofTopic), cluster, List.of(ofCluster)))
                    .all()
                    .get();
            // Then
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(topics.check())
                            .containsExactly("topic dynoai.ingest-ledger.v1 has min.insync.replicas=3, expected 1"));
        }
    }

    @Test
    void publishedSchemas_areFoundByTheirFingerprint() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            createTopics(broker);
            Map<String, Object> client = broker.clientProperties();
            SchemaPublisher.publish(new KafkaClients(client, Namespace.DEFAULT));
            try (PublishedSchemas schemas = new PublishedSchemas(new KafkaClients(client, Namespace.DEFAULT))) {
                // When
                String json = schemas.json(WireFormat.RUN_OUTCOME.fingerprint());
                // Then
                assertThat(json).isEqualTo(WireFormat.RUN_OUTCOME.schemaJson());
            }
        }
    }

    @Test
    void schemaPublishedAfterItsLookupFailed_isFoundAtOnce() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            createTopics(broker);
            Map<String, Object> client = broker.clientProperties();
            long fingerprint = WireFormat.RUN_OUTCOME.fingerprint();
            try (PublishedSchemas schemas =
                    new PublishedSchemas(new KafkaClients(client, Namespace.DEFAULT), Duration.ZERO)) {
                assertThatThrownBy(() -> schemas.json(fingerprint)).isInstanceOf(UnknownSchemaException.class);
                SchemaPublisher.publish(new KafkaClients(client, Namespace.DEFAULT));
                // When
                String json = schemas.json(fingerprint);
                // Then
                assertThat(json).isEqualTo(WireFormat.RUN_OUTCOME.schemaJson());
            }
        }
    }

    @Test
    void usedPort_failsTheStart_andUnlocksTheDirectory() throws Exception {
        // Given
        int port;
        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
            // When
            var thrown = assertThatThrownBy(() -> EmbeddedBroker.start(data, port));
            // Then
            thrown.isInstanceOf(BrokerStartException.class).hasMessageContaining(String.valueOf(port));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
        }
    }

    private static void createTopics(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(broker.clientProperties())) {
            new TopicAdmin(admin, TopicLayout.ofEmbeddedBroker(), Namespace.DEFAULT).create();
        }
    }

    private static KafkaProducer<String, byte[]> transactional(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                with(broker, "transactional.id", "test"), new StringSerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> with(EmbeddedBroker broker, String name, String value) {
        Map<String, Object> client = new HashMap<>(broker.clientProperties());
        client.put(name, value);
        return client;
    }

    private static byte[] firstRecord(EmbeddedBroker broker) {
        try (var consumer = new KafkaConsumer<>(
                with(broker, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partition = new TopicPartition(Topics.RUN_LOG.in(Namespace.DEFAULT), 2);
            consumer.assign(Set.of(partition));
            consumer.seekToBeginning(Set.of(partition));
            for (int i = 0; i < 100; i++) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    return record.value();
                }
            }
        }
        throw new AssertionError("no record within 10 s");
    }
}
