package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.ingest.folder.DropReport;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stages as processes of their own against an external Kafka cluster. */
@Tag("container")
class OutsideKafkaTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    @TempDir
    private static Path kafkaFolder;

    private static final Map<OutsideKafka, OutsideKafka.Running> RUNNING = new EnumMap<>(OutsideKafka.class);

    @TempDir
    private Path temp;

    @AfterAll
    static void stopKafka() {
        RUNNING.values().forEach(OutsideKafka.Running::close);
        RUNNING.clear();
    }

    /** Returns the Kafka of all tests of this class, without topics. */
    private static OutsideKafka.Running withoutTopics(OutsideKafka kind) throws Exception {
        OutsideKafka.Running kafka = RUNNING.get(kind);
        if (kafka == null) {
            kafka = kind.start(kafkaFolder);
            RUNNING.put(kind, kafka);
        }
        try (Admin admin = Admin.create(kafka.client())) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await().atMost(MAX_WAIT)
                    .until(() -> admin.listTopics().names().get().isEmpty());
        }
        return kafka;
    }

    @ParameterizedTest
    @EnumSource
    void separateStages_makeEveryRunOnceDespiteKills(OutsideKafka kind) throws Exception {
        OutsideKafka.Running kafka = withoutTopics(kind);
        // Given two of each stage that may have several
        NodeFixture home = new NodeFixture(temp.resolve("home"));
        createTopics(kafka);
        CommandProcess ingest = stage(kafka, "ingest", "one");
        try (CommandProcess analyzer = stage(kafka, "analyzer", "one");
                CommandProcess doomedAnalyzer = stage(kafka, "analyzer", "two");
                CommandProcess exporter = stage(kafka, "exporter", "one");
                CommandProcess doomedExporter = stage(kafka, "exporter", "two")) {
            for (CommandProcess stage : List.of(ingest, analyzer, doomedAnalyzer, exporter, doomedExporter)) {
                stage.awaitReady();
            }
            home.dropLogs(4);
            awaitDone(home, 4);

            // When one of each is killed, and the ingest dies with a transaction open
            doomedAnalyzer.kill();
            doomedExporter.kill();
            ingest.stop();
            ingest.awaitEnd();
            home.dropLogs(3);
            ingest = start(kafka, Map.of(CrashPoint.VARIABLE, "ingest-before-commit:2"), "ingest", "one");
            ingest.awaitEnd();
            ingest = stage(kafka, "ingest", "one");
            try (CommandProcess again = stage(kafka, "analyzer", "two")) {
                again.awaitReady();
                home.dropLogs(2);
                awaitDone(home, 9);
            }
        } finally {
            ingest.kill();
        }

        // Then
        home.holdsEveryPromise();
        assertThat(records(kafka, "read_uncommitted")).isGreaterThan(records(kafka, "read_committed"));
    }

    @ParameterizedTest
    @EnumSource
    void createdTopics_passTheirCheck(OutsideKafka kind) throws Exception {
        OutsideKafka.Running kafka = withoutTopics(kind);
        // Given
        new NodeFixture(temp.resolve("home"));

        // When
        String created = createTopics(kafka);

        // Then
        assertThat(created).contains("made " + Topics.RUN_LOG.in(Namespace.DEFAULT));
        CommandProcess check = start(kafka, Map.of(), "topics", "", "check");
        assertThat(check.awaitEnd()).as(check.said()).isZero();
        assertThat(check.said()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void stage_hasHealthAndMetricsOnItsOwnPort(OutsideKafka kind) throws Exception {
        OutsideKafka.Running kafka = withoutTopics(kind);
        // Given
        new NodeFixture(temp.resolve("home"));
        createTopics(kafka);

        // When
        try (CommandProcess analyzer = stage(kafka, "analyzer", "one")) {
            String address = analyzer.awaitReady();

            // Then
            assertThat(LiveNode.text(address + "/health/live")).isEqualTo("live\n");
            assertThat(LiveNode.text(address + "/health/ready")).isEqualTo("ready\n");
            assertThat(LiveNode.text(address + "/metrics")).contains("\ndynoai_node_ready 1.0\n");
            assertThat(analyzer.said()).contains("AnalyzerLog");
        }
    }

    @ParameterizedTest
    @EnumSource
    void missingTopics_areReportedAtStart(OutsideKafka kind) throws Exception {
        // When
        CommandProcess ingest = ended(kind, kafka -> {}, "ingest");

        // Then
        assertThat(ingest.awaitEnd()).as(ingest.said()).isEqualTo(5);
        assertThat(ingest.said()).contains("topic dynoai.run-log.v1 is missing; 'dynoai topics create' creates it");
    }

    @ParameterizedTest
    @EnumSource
    void mismatchedTopics_areReportedAtStart(OutsideKafka kind) throws Exception {
        // When
        CommandProcess analyzer = ended(kind, this::createMismatchedTopics, "analyzer");

        // Then
        assertThat(analyzer.awaitEnd()).as(analyzer.said()).isEqualTo(5);
        assertThat(analyzer.said())
                .contains("topic dynoai.run-log.v1 has 3 partitions, expected 24")
                .contains("topic dynoai.run-log.v1 has retention.ms=60000, expected 259200000")
                .doesNotContain("dynoai.run-grids.v1");
    }

    @ParameterizedTest
    @EnumSource
    void mismatchedTopics_failTheirCheck(OutsideKafka kind) throws Exception {
        // When
        CommandProcess check = ended(kind, this::createMismatchedTopics, "topics", "check");

        // Then
        assertThat(check.awaitEnd()).isEqualTo(4);
        assertThat(check.said()).contains("3 partitions, expected 24");
    }

    private interface Preparation {
        void run(OutsideKafka.Running kafka) throws Exception;
    }

    /** Runs a command to its end on a Kafka that was prepared. */
    private CommandProcess ended(OutsideKafka kind, Preparation preparation, String command, String... arguments)
            throws Exception {
        OutsideKafka.Running kafka = withoutTopics(kind);
        new NodeFixture(temp.resolve("home"));
        preparation.run(kafka);
        CommandProcess ended = start(kafka, Map.of(), command, "one", arguments);
        ended.awaitEnd();
        return ended;
    }

    /** Creates all topics, the run log with other settings than the stages expect. */
    private void createMismatchedTopics(OutsideKafka.Running kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.client())) {
            String runLog = Topics.RUN_LOG.in(Namespace.DEFAULT);
            admin.createTopics(Set.of(new NewTopic(runLog, 3, (short) 1))).all().get();
            createTopics(kafka);
            AlterConfigOp minute =
                    new AlterConfigOp(new ConfigEntry("retention.ms", "60000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, runLog), List.of(minute)))
                    .all()
                    .get();
        }
    }

    private String createTopics(OutsideKafka.Running kafka) throws Exception {
        CommandProcess create = start(kafka, Map.of(), "topics", "", "create");
        if (create.awaitEnd() != 0) {
            throw new IllegalStateException(create.said());
        }
        return create.said();
    }

    private void awaitDone(NodeFixture home, int count) {
        await().atMost(MAX_WAIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> DropReport.of(home.folder().resolve("drop"))
                                .in(DropReport.State.DONE)
                                .size()
                        == count);
    }

    private CommandProcess stage(OutsideKafka.Running kafka, String stage, String instance) throws IOException {
        return start(kafka, Map.of(), stage, instance);
    }

    private CommandProcess start(
            OutsideKafka.Running kafka, Map<String, String> more, String command, String instance, String... arguments)
            throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.putAll(CommandProcess.kafka(kafka.client()));
        environment.put("DYNOAI_REPLICATION", "1");
        environment.put("DYNOAI_DATA", "data-" + command + "-" + instance);
        environment.put("DYNOAI_STORE", "store");
        environment.put("DYNOAI_SETTLE", "0.2");
        environment.put("DYNOAI_POLL", "0.2");
        environment.put("DYNOAI_PORT", "0");
        environment.put("DYNOAI_TAKE_EXISTING", "true");
        environment.put("DYNOAI_LOG_TO_CONSOLE", "true");
        String[] line = new String[arguments.length + 1];
        line[0] = command;
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return CommandProcess.start(temp.resolve("home"), environment, line);
    }

    /** Returns how many records of the run log a consumer with this isolation level sees. */
    private static int records(OutsideKafka.Running kafka, String isolation) {
        Map<String, Object> settings = new HashMap<>(kafka.client());
        settings.put("isolation.level", isolation);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.RUN_LOG.in(Namespace.DEFAULT)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            int records = 0;
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                records += consumer.poll(Duration.ofMillis(200)).count();
            }
            return records;
        }
    }
}
