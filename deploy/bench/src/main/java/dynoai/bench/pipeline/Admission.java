package dynoai.bench.pipeline;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import dynoai.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** One way to make runs of accepted logs, in a namespace of its own. What a run consists of is in memory: no log is read. */
abstract class Admission implements Transport.Way, AutoCloseable {
    private static final int SHOPS = 100;
    private static final String SHA = "0".repeat(64);
    private static final Duration POLL = Duration.ofMillis(50);

    final KafkaClients kafka;
    private final KafkaProducer<String, byte[]> accepted;
    private final KafkaConsumer<String, byte[]> sent;
    private volatile List<byte[]> records = List.of();
    private long logs;

    Admission(Map<String, Object> client, Namespace namespace) throws Exception {
        this.kafka = new KafkaClients(client, namespace);
        TopicLayout layout = TopicLayout.ofEmbeddedBroker();
        try (Admin admin = Admin.create(client)) {
            new TopicAdmin(admin, layout, namespace).create();
        }
        this.accepted = kafka.producer(Map.of(), Map.of());
        this.sent = kafka.reader();
        sent.assign(sent.partitionsFor(Topics.RUN_LOG.in(namespace)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        sent.seekToEnd(sent.assignment());
        sent.assignment().forEach(sent::position);
    }

    /** Returns the records of the run of each log. */
    List<byte[]> records() {
        return records;
    }

    /** Whether two logs are the same is found out by this. */
    static String identity(LogAccepted log) {
        return log.shop() + '/' + log.runId();
    }

    @Override
    public double rate(EncodedRun run, int runs) throws Exception {
        records = run.blockRecords();
        long started = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            send("shop-" + logs % SHOPS, "run-" + logs++, run.logBytes());
        }
        accepted.flush();
        long missing = (long) runs * records.size();
        while (missing > 0) {
            missing -= sent.poll(POLL).count();
            if (System.nanoTime() - started > TimeUnit.MINUTES.toNanos(5)) {
                throw new IllegalStateException(missing + " records were not sent");
            }
        }
        return run.rows() * runs * 1e9 / (System.nanoTime() - started);
    }

    /** A record that is not sent is missing at the end. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(String shop, String runId, long bytes) {
        LogAccepted log = new LogAccepted(shop, runId, "cell-1", "", "pull.csv", bytes, SHA, Map.of(), false, 0);
        accepted.send(new ProducerRecord<>(
                Topics.INTAKE.in(kafka.namespace()),
                shop,
                Topics.INTAKE.format().encode(log)));
    }

    @Override
    public void close() {
        accepted.close();
        sent.close();
    }
}
