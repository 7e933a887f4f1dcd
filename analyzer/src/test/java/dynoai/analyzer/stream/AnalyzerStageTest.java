package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.broker.EmbeddedBroker;
import dynoai.broker.TestTopics;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analyzer that takes over a run from one that lost its disk. */
@Tag("broker")
class AnalyzerStageTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    @TempDir
    Path data;

    @Test
    void operatorsProperties_doNotOverrideExactlyOnce() {
        // Given
        Map<String, Object> operators = Map.of(
                "bootstrap.servers", "127.0.0.1:1", "processing.guarantee", "at_least_once", "num.stream.threads", 3);
        // When
        var settings = new AnalyzerSettings(
                        new KafkaClients(operators, Namespace.DEFAULT),
                        TopicLayout.ofEmbeddedBroker(),
                        data,
                        "test",
                        1,
                        1)
                .streams();
        // Then
        assertThat(settings.get("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(settings.get("num.stream.threads")).isEqualTo(3);
        assertThat(settings.get("num.standby.replicas")).isEqualTo(1);
    }

    @Test
    void changelogs_needTwoOfThreeReplicas() {
        // Given
        KafkaClients kafka = new KafkaClients(Map.of("bootstrap.servers", "127.0.0.1:1"), Namespace.DEFAULT);
        // When
        var settings = new AnalyzerSettings(kafka, TopicLayout.ofCluster(3), data, "test", 1, 0).streams();
        // Then
        assertThat(settings.get("replication.factor")).isEqualTo(3);
        assertThat(settings.get("topic.min.insync.replicas")).isEqualTo("2");
    }

    @Test
    void halfFoldedRun_isFinishedByTheNextAnalyzer() throws Exception {
        // Given
        SampleRunRecords run = new SampleRunRecords("r1", 1, 10_000, 1000);
        List<byte[]> records = run.records(1);
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            Progress half = new Progress();
            try (AnalyzerStage first = start(topics, "first", half)) {
                send(topics, run, records.subList(0, 6));
                await().atMost(TIMEOUT)
                        .until(() -> half.blocks.get() == 5 && first.failure().isEmpty());
            }
            // When
            Progress rest = new Progress();
            try (AnalyzerStage second = start(topics, "second", rest)) {
                send(topics, run, records.subList(6, records.size()));
                await().atMost(TIMEOUT).until(() -> rest.runs.get() == 1 && second.isIdle());
            }
            // Then
            var outcomes = topics.read(Topics.RUN_GRIDS.in(Namespace.DEFAULT));
            assertThat(outcomes).hasSize(1);
            assertThat(Topics.RUN_GRIDS
                            .decoder(WriterSchemas.none())
                            .decode(outcomes.get(0).value()))
                    .isEqualTo(new RunOutcome.Completed(run.key(), 1, run.started(), run.batch()));
        }
    }

    @Test
    void smallRun_isDoneBeforeALargeOneOfAnotherPartitionOnTheSameThread() throws Exception {
        // Given
        SampleRunRecords large = new SampleRunRecords("large", 1, 800_000, 1000);
        SampleRunRecords small = new SampleRunRecords("small", 2, 10, 2);
        Progress progress = new Progress();
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            send(topics, 3, large, large.records(1));
            send(topics, 0, small, small.records(1));
            // When
            try (AnalyzerStage analyzer = start(topics, "state", progress)) {
                await().atMost(TIMEOUT).until(() -> progress.runs.get() == 2 && analyzer.isReady());
            }
        }
        // Then
        assertThat(progress.completed).containsExactly(small.key(), large.key());
    }

    @Test
    void standbyOfAnotherInstance_finishesTheRun() throws Exception {
        // Given
        SampleRunRecords run = new SampleRunRecords("r1", 1, 10_000, 1000);
        List<byte[]> records = run.records(1);
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            Progress half = new Progress();
            Progress rest = new Progress();
            try (AnalyzerStage first = start(topics, "first", "first", 1, half);
                    AnalyzerStage second = start(topics, "second", "second", 1, rest)) {
                await().atMost(TIMEOUT).until(() -> standbys(first) > 0 && standbys(second) > 0);
                send(topics, run, records.subList(0, 6));
                await().atMost(TIMEOUT).until(() -> half.blocks.get() + rest.blocks.get() == 5);
                boolean firstHasTheRun = half.blocks.get() > 0;
                // When
                (firstHasTheRun ? first : second).close();
                send(topics, run, records.subList(6, records.size()));
                // Then
                await().atMost(TIMEOUT).until(() -> (firstHasTheRun ? rest : half).runs.get() == 1);
            }
            assertThat(topics.read(Topics.RUN_GRIDS.in(Namespace.DEFAULT))).hasSize(1);
        }
    }

    private static long standbys(AnalyzerStage stage) {
        return stage.streams().metadataForLocalThreads().stream()
                .mapToLong(thread -> thread.standbyTasks().size())
                .sum();
    }

    private AnalyzerStage start(TestTopics topics, String state, AnalyzerEvents events) throws Exception {
        return start(topics, state, "test", 0, events);
    }

    private AnalyzerStage start(
            TestTopics topics, String state, String instance, int standbyReplicas, AnalyzerEvents events)
            throws Exception {
        return AnalyzerStage.start(
                new AnalyzerSettings(
                        new KafkaClients(topics.client(), Namespace.DEFAULT),
                        TopicLayout.ofEmbeddedBroker(),
                        data.resolve(state),
                        instance,
                        1,
                        standbyReplicas),
                events);
    }

    private static void send(TestTopics topics, SampleRunRecords run, List<byte[]> records) throws Exception {
        send(topics, null, run, records);
    }

    private static void send(TestTopics topics, @Nullable Integer partition, SampleRunRecords run, List<byte[]> records)
            throws Exception {
        for (byte[] record : records) {
            topics.send(
                    Topics.RUN_LOG.in(Namespace.DEFAULT), partition, run.key().toString(), record);
        }
    }

    private static final class Progress implements AnalyzerEvents {
        private final AtomicInteger blocks = new AtomicInteger();
        private final AtomicInteger runs = new AtomicInteger();
        private final List<RunKey> completed = new CopyOnWriteArrayList<>();

        @Override
        public void blockFolded(FoldedBlock block) {
            blocks.incrementAndGet();
        }

        @Override
        public void runCompleted(RunKey run, int attempt, long rows) {
            completed.add(run);
            runs.incrementAndGet();
        }
    }
}
