package dynoai.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.analyzer.run.RunAggregate;
import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.analyzer.stream.AnalyzerSettings;
import dynoai.analyzer.stream.AnalyzerStage;
import dynoai.broker.EmbeddedBroker;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class AnalyzerStageTest {
    private static final RunKey KEY = new RunKey("local", "r1");

    @TempDir
    Path data;

    @Test
    void runHalfFoldedByAnAnalyzerThatLostItsDisk_isFinishedByTheNextOneAsIfUndisturbed() throws Exception {
        // Given
        EncodedRun run = EncodedRun.ofSample(SampleProfile.Flavour.WINPEP, 10_000);
        List<byte[]> records = records(run);
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0)) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                new TopicAdmin(admin, TopicLayout.ofEmbeddedBroker()).create();
            }
            Folded half = new Folded(5, 0);
            try (AnalyzerStage first = start(client, "first", half)) {
                send(client, records.subList(0, 6));
                assertThat(half.rows.await(90, TimeUnit.SECONDS)).isTrue();
                assertThat(first.isLive()).isTrue();
            }
            // When
            Folded rest = new Folded(0, 1);
            try (AnalyzerStage second = start(client, "second", rest)) {
                send(client, records.subList(6, records.size()));
                assertThat(rest.runs.await(90, TimeUnit.SECONDS)).isTrue();
                assertThat(second.isLive()).isTrue();
            }
            // Then
            var outcome = (RunOutcome.Completed) onlyOutcome(client);
            var batch = new RunAggregate(run.plan().description(), AnalysisOptions.defaults());
            run.blocks().forEach(batch::fold);
            assertThat(outcome.grids())
                    .isEqualTo(batch.grids(run.totals().rowsRead(), run.totals().unreadable()));
        }
    }

    private static List<byte[]> records(EncodedRun run) {
        RunLogEncoder encoder = new RunLogEncoder(1);
        List<byte[]> records = new ArrayList<>();
        records.add(run.started(KEY, encoder));
        run.blocks().forEach(block -> records.add(encoder.block(block)));
        records.add(run.ended(encoder));
        return records;
    }

    private AnalyzerStage start(Map<String, Object> client, String state, AnalyzerEvents events) throws Exception {
        return AnalyzerStage.start(
                new AnalyzerSettings(
                        client,
                        TopicLayout.ofEmbeddedBroker(),
                        data.resolve(state),
                        "test",
                        1,
                        AnalyzerSettings.DEFAULT_MEMORY_BYTES),
                events);
    }

    private static void send(Map<String, Object> client, List<byte[]> records) throws Exception {
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            for (byte[] record : records) {
                producer.send(new ProducerRecord<>(Topics.RUN_LOG.name(), KEY.toString(), record))
                        .get();
            }
        }
    }

    private static RunOutcome onlyOutcome(Map<String, Object> client) throws Exception {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        settings.put("group.id", "test");
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.RUN_GRIDS.name()));
            for (int i = 0; i < 300; i++) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    return Topics.RUN_GRIDS.decoder(WriterSchemas.none()).decode(record.value());
                }
            }
        }
        throw new AssertionError("no outcome");
    }

    /** Counts down folded blocks and ended runs. */
    private static final class Folded implements AnalyzerEvents {
        private final CountDownLatch rows;
        private final CountDownLatch runs;

        Folded(int blocks, int runs) {
            this.rows = new CountDownLatch(blocks);
            this.runs = new CountDownLatch(runs);
        }

        @Override
        public void blockFolded(FoldedBlock block) {
            rows.countDown();
        }

        @Override
        public void runCompleted(RunKey run, int attempt, long count) {
            runs.countDown();
        }
    }
}
