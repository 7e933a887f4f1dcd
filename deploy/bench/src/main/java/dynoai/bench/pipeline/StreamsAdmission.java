package dynoai.bench.pipeline;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A Kafka Streams processor that has what it admitted in a store with a changelog, and commits exactly once, ten times a second. */
final class StreamsAdmission extends Admission {
    private static final String SEEN = "seen";
    private static final int COMMIT_MILLIS = 100;

    private final KafkaStreams streams;

    StreamsAdmission(Map<String, Object> client, Path state) throws Exception {
        super(client, new Namespace("bench_streams"));
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.namespace().id("admit"));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        settings.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        settings.put(StreamsConfig.producerPrefix("batch.size"), BlockStream.BATCH_BYTES);
        this.streams = new KafkaStreams(topology(), settings);
        streams.start();
    }

    private Topology topology() {
        Topology topology = new Topology();
        topology.addSource(
                "accepted",
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                Topics.INTAKE.in(kafka.namespace()));
        topology.addProcessor("admit", Admit::new, "accepted");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(SEEN), Serdes.String(), Serdes.ByteArray()),
                "admit");
        topology.addSink(
                "runs",
                Topics.RUN_LOG.in(kafka.namespace()),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                "admit");
        return topology;
    }

    private final class Admit extends ContextualProcessor<String, byte[], String, byte[]> {
        @Override
        public void process(Record<String, byte[]> record) {
            KeyValueStore<String, byte[]> seen = context().getStateStore(SEEN);
            LogAccepted log = ConsumerAdmission.decode(record.value());
            if (seen.putIfAbsent(identity(log), record.value()) == null) {
                for (byte[] part : records()) {
                    context().forward(record.withKey(identity(log)).withValue(part));
                }
            }
        }
    }

    @Override
    public void close() {
        streams.close();
        super.close();
    }
}
