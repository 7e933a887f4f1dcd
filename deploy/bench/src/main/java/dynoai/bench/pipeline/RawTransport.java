package dynoai.bench.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A lower bound for moving a run's bytes: a plain producer and a plain consumer, no transactions, no state, no processing.
 */
final class RawTransport implements AutoCloseable {
    static final String TOPIC = "bench.raw";

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private long runsSent;

    RawTransport(Map<String, Object> client) {
        producer = BlockStream.producer(client, "");
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("auto.offset.reset", "earliest");
        settings.put("max.partition.fetch.bytes", 4 << 20);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Send errors show as missing records in the consumer. */
    @SuppressWarnings("FutureReturnValueIgnored")
    double rate(EncodedRun run, int runs) throws Exception {
        List<byte[]> records = run.blockRecords();
        long expected = (long) records.size() * runs;
        long started = System.nanoTime();
        CompletableFuture<Void> consumed = CompletableFuture.runAsync(() -> consume(expected));
        for (int i = 0; i < runs; i++) {
            String key = "bench/run-" + runsSent++;
            for (byte[] record : records) {
                producer.send(new ProducerRecord<>(TOPIC, key, record));
            }
        }
        producer.flush();
        consumed.get(5, TimeUnit.MINUTES);
        return run.rows() * runs * 1e9 / (System.nanoTime() - started);
    }

    private void consume(long expected) {
        long got = 0;
        while (got < expected) {
            got += consumer.poll(POLL).count();
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
