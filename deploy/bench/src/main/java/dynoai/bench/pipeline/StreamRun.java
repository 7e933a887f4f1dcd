package dynoai.bench.pipeline;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.analyzer.stream.AnalyzerSettings;
import dynoai.analyzer.stream.AnalyzerStage;
import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.RowBlock;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends one run's blocks from memory again and again, a transaction each, until the analyzer has ended the last. */
final class StreamRun {
    private static final int BATCH_BYTES = 1024 * 1024;

    private StreamRun() {}

    static void measure(EncodedRun run, int runs, Path data) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0)) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            TopicLayout layout = TopicLayout.ofEmbeddedBroker();
            try (Admin admin = Admin.create(client)) {
                new TopicAdmin(admin, layout).create();
            }
            for (int round = 0; round < 3; round++) {
                CountDownLatch ended = new CountDownLatch(runs);
                AnalyzerEvents events = new AnalyzerEvents() {
                    @Override
                    public void runCompleted(RunKey key, int attempt, long rows) {
                        ended.countDown();
                    }
                };
                AnalyzerSettings settings = new AnalyzerSettings(
                        client, layout, data.resolve("streams"), "bench", 2, AnalyzerSettings.DEFAULT_MEMORY_BYTES);
                try (AnalyzerStage stage = AnalyzerStage.start(settings, events)) {
                    while (!stage.isReady()) {
                        stage.awaitEnd(java.time.Duration.ofMillis(20));
                    }
                    report(run, runs, time(run, runs, client, ended, round), data);
                }
            }
        }
    }

    private static double time(EncodedRun run, int runs, Map<String, Object> client, CountDownLatch ended, int round)
            throws Exception {
        try (KafkaProducer<String, byte[]> producer = producer(client)) {
            producer.initTransactions();
            long started = System.nanoTime();
            for (int i = 0; i < runs; i++) {
                RunKey key = new RunKey("bench", "run-" + round + '-' + i);
                RunLogEncoder encoder = new RunLogEncoder(1);
                producer.beginTransaction();
                send(producer, key, run.started(key, encoder));
                for (RowBlock block : run.blocks()) {
                    send(producer, key, encoder.block(block));
                }
                send(producer, key, run.ended(encoder));
                producer.commitTransaction();
            }
            if (!ended.await(5, TimeUnit.MINUTES)) {
                throw new IOException(ended.getCount() + " of " + runs + " runs never ended");
            }
            return (System.nanoTime() - started) / 1e9;
        }
    }

    private static void send(KafkaProducer<String, byte[]> producer, RunKey key, byte[] record) {
        // The commit reports what failed.
        var unused = producer.send(new ProducerRecord<>(Topics.RUN_LOG.name(), key.toString(), record));
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("transactional.id", "bench");
        settings.put("compression.type", "lz4");
        settings.put("batch.size", BATCH_BYTES);
        settings.put("linger.ms", 5);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static void report(EncodedRun run, int runs, double seconds, Path data) throws IOException {
        double rows = (double) run.rows() * runs;
        System.out.printf(
                Locale.ROOT,
                "stream       %d runs of %d rows in %.2f s: %.2f M rows/s; on disk in all, bytes: run log %d, stores' topics %d, stores %d%n",
                runs,
                run.rows(),
                seconds,
                rows / seconds / 1e6,
                bytes(data.resolve("broker"), "dynoai.run-log"),
                bytes(data.resolve("broker"), "dynoai-analyzer"),
                bytes(data.resolve("streams"), ""));
    }

    private static long bytes(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            file.toString().contains(name) && file.toFile().isFile())
                    .filter(file -> !file.toString().endsWith("index"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
