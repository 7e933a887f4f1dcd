package dynoai.bench.pipeline;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.analyzer.stream.AnalyzerSettings;
import dynoai.analyzer.stream.AnalyzerStage;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends a run from memory repeatedly, one transaction per run, to the analyzer, which folds it exactly once. */
final class BlockStream implements AutoCloseable {
    static final int BATCH_BYTES = 512 * 1024;
    private static final int THREADS = 2;

    private final AnalyzerStage stage;
    private final Semaphore ended;
    private final KafkaProducer<String, byte[]> producer;
    private long runsSent;

    private BlockStream(AnalyzerStage stage, Semaphore ended, KafkaProducer<String, byte[]> producer) {
        this.stage = stage;
        this.ended = ended;
        this.producer = producer;
    }

    static BlockStream start(Map<String, Object> client, TopicLayout layout, Path state) throws Exception {
        Semaphore ended = new Semaphore(0);
        AnalyzerEvents events = new AnalyzerEvents() {
            @Override
            public void runCompleted(RunKey key, int attempt, long rows) {
                ended.release();
            }
        };
        AnalyzerStage stage = AnalyzerStage.start(
                new AnalyzerSettings(new KafkaClients(client, Namespace.DEFAULT), layout, state, "bench", THREADS, 0),
                events);
        while (!stage.isReady()) {
            Thread.sleep(20);
        }
        KafkaProducer<String, byte[]> producer = producer(client, "bench");
        producer.initTransactions();
        return new BlockStream(stage, ended, producer);
    }

    /** Creates a producer with the ingest's batch settings. */
    static KafkaProducer<String, byte[]> producer(Map<String, Object> client, String transactionalId) {
        Map<String, Object> settings = new HashMap<>(client);
        if (!transactionalId.isEmpty()) {
            settings.put("transactional.id", transactionalId);
        }
        settings.put("compression.type", "lz4");
        settings.put("batch.size", BATCH_BYTES);
        settings.put("linger.ms", 5);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    double rate(EncodedRun run, int runs) throws Exception {
        long started = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            RunKey key = new RunKey("bench", "run-" + runsSent++);
            RunLogEncoder encoder = new RunLogEncoder(1);
            producer.beginTransaction();
            send(key, run.started(key, encoder));
            for (RowBlock block : run.blocks()) {
                send(key, encoder.block(block));
            }
            send(key, run.ended(encoder));
            producer.commitTransaction();
        }
        if (!ended.tryAcquire(runs, 5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("not all of " + runs + " runs ended");
        }
        return run.rows() * runs * 1e9 / (System.nanoTime() - started);
    }

    /** The commit reports what failed. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(RunKey key, byte[] record) {
        producer.send(new ProducerRecord<>(Topics.RUN_LOG.in(Namespace.DEFAULT), key.toString(), record));
    }

    @Override
    public void close() {
        producer.close();
        stage.close();
    }
}
