package dynoai.bench.pipeline;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** A member of a consumer group that sends each run in a transaction, with the offsets and an entry of the ledger, as admit does. */
final class ConsumerAdmission extends Admission {
    private static final Duration POLL = Duration.ofMillis(20);

    private final Thread thread = new Thread(this::run, "bench-admit");
    private volatile boolean stopping;

    ConsumerAdmission(Map<String, Object> client) throws Exception {
        super(client, new Namespace("bench_consumer"));
        thread.start();
    }

    private void run() {
        Map<String, Object> group =
                Map.of(ConsumerConfig.GROUP_ID_CONFIG, kafka.namespace().id("admit"));
        Map<String, Object> transactional =
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.namespace().id("admit"));
        Map<String, Object> batches = Map.of(
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.BATCH_SIZE_CONFIG,
                BlockStream.BATCH_BYTES);
        Set<String> seen = new HashSet<>();
        try (KafkaConsumer<String, byte[]> consumer = kafka.consumer(Map.of(), group);
                KafkaProducer<String, byte[]> producer = kafka.producer(batches, transactional)) {
            producer.initTransactions();
            consumer.subscribe(List.of(Topics.INTAKE.in(kafka.namespace())));
            while (!stopping) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    admit(record, seen, consumer, producer);
                }
            }
        }
    }

    private void admit(
            ConsumerRecord<String, byte[]> record,
            Set<String> seen,
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer) {
        LogAccepted log = decode(record.value());
        if (!seen.add(identity(log))) {
            return;
        }
        producer.beginTransaction();
        for (byte[] part : records()) {
            send(producer, Topics.RUN_LOG.in(kafka.namespace()), log, part);
        }
        send(producer, Topics.INGEST_LEDGER.in(kafka.namespace()), log, record.value());
        producer.sendOffsetsToTransaction(
                Map.of(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1)),
                consumer.groupMetadata());
        producer.commitTransaction();
    }

    /** The commit reports what failed. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(KafkaProducer<String, byte[]> producer, String topic, LogAccepted log, byte[] part) {
        producer.send(new ProducerRecord<>(topic, identity(log), part));
    }

    static LogAccepted decode(byte[] bytes) {
        try {
            return Topics.INTAKE.decoder(WriterSchemas.none()).decode(bytes);
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        super.close();
    }
}
