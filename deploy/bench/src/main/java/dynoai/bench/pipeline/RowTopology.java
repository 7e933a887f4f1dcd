package dynoai.bench.pipeline;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.RowBlock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The comparison: the straightforward topology. Each row is an Avro record, and the Streams DSL aggregates rows by run and
 * ten seconds of log time in a RocksDB store. It has no cells, gates, MAD or run end, and is tuned as far as settings allow:
 * exactly-once commits every second, a cache that holds every window, large batches and polls.
 */
final class RowTopology implements AutoCloseable {
    static final String ROWS = "bench.rows";
    static final String WINDOWS = "bench.windows";

    private static final int THREADS = 2;
    private static final int CACHE_BYTES = 64 << 20;
    private static final int ROW_MILLIS = 20;
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** Runs in a partition overlap in time; none may expire another's windows. */
    private static final Duration GRACE = Duration.ofDays(1);

    private static final Schema ROW = rowSchema();
    private static final Schema SUMS = SchemaBuilder.record("Sums")
            .namespace("dynoai.bench")
            .fields()
            .requiredLong("rows")
            .requiredDouble("weight")
            .requiredDouble("weighted_error")
            .requiredDouble("highest_knock")
            .endRecord();

    private final KafkaStreams streams;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicLong folded;
    private final GenericAvroSerde rows = new GenericAvroSerde(ROW);
    private long runsSent;

    private RowTopology(KafkaStreams streams, KafkaProducer<String, byte[]> producer, AtomicLong folded) {
        this.streams = streams;
        this.producer = producer;
        this.folded = folded;
    }

    private static Schema rowSchema() {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("Row").namespace("dynoai.bench").fields();
        for (Channel channel : Channel.values()) {
            fields.optionalDouble(channel.key());
        }
        return fields.endRecord();
    }

    static RowTopology start(Map<String, Object> client, Path state) {
        AtomicLong folded = new AtomicLong();
        KafkaStreams streams = new KafkaStreams(topology(folded), settings(client, state));
        streams.start();
        KafkaProducer<String, byte[]> producer = BlockStream.producer(client, "bench-rows");
        producer.initTransactions();
        return new RowTopology(streams, producer, folded);
    }

    private static Properties settings(Map<String, Object> client, Path state) {
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench-rows");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1000);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        settings.put(StreamsConfig.consumerPrefix("max.poll.records"), 10_000);
        settings.put(StreamsConfig.consumerPrefix("max.partition.fetch.bytes"), 4 << 20);
        settings.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        settings.put(StreamsConfig.producerPrefix("batch.size"), BlockStream.BATCH_BYTES);
        return settings;
    }

    private static Topology topology(AtomicLong folded) {
        Serde<GenericRecord> rows = Serdes.serdeFrom(new GenericAvroSerde(ROW), new GenericAvroSerde(ROW));
        Serde<GenericRecord> sums = Serdes.serdeFrom(new GenericAvroSerde(SUMS), new GenericAvroSerde(SUMS));
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(ROWS, Consumed.with(Serdes.String(), rows))
                .groupByKey(Grouped.with(Serdes.String(), rows))
                .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
                .aggregate(
                        RowTopology::noRows,
                        (run, row, sum) -> {
                            folded.incrementAndGet();
                            return add(row, sum);
                        },
                        Materialized.<String, GenericRecord, WindowStore<Bytes, byte[]>>as("row-windows")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(sums)
                                .withCachingEnabled())
                .toStream((window, sum) -> window.key())
                .to(WINDOWS, Produced.with(Serdes.String(), sums));
        return builder.build();
    }

    private static GenericRecord noRows() {
        GenericRecord sums = new GenericData.Record(SUMS);
        sums.put("rows", 0L);
        sums.put("weight", 0.0);
        sums.put("weighted_error", 0.0);
        sums.put("highest_knock", 0.0);
        return sums;
    }

    private static GenericRecord add(GenericRecord row, GenericRecord sums) {
        double weight = value(row, Channel.TORQUE_FTLB);
        double measured = value(row, Channel.MEASURED_AFR_FRONT);
        double error = (value(row, Channel.COMMANDED_AFR_FRONT) - measured) / measured * 100;
        sums.put("rows", (long) sums.get("rows") + 1);
        if (weight >= 5 && !Double.isNaN(error)) {
            sums.put("weight", (double) sums.get("weight") + weight);
            sums.put("weighted_error", (double) sums.get("weighted_error") + error * weight);
        }
        sums.put(
                "highest_knock",
                Math.max((double) sums.get("highest_knock"), value(row, Channel.KNOCK_RETARD_FRONT_DEG)));
        return sums;
    }

    private static double value(GenericRecord row, Channel channel) {
        Object value = row.get(channel.ordinal());
        return value == null ? 0 : (double) value;
    }

    double rate(EncodedRun run, int runs) {
        long started = System.nanoTime();
        long before = folded.get();
        for (int i = 0; i < runs; i++) {
            String key = "bench/run-" + runsSent++;
            long time = System.currentTimeMillis();
            producer.beginTransaction();
            for (RowBlock block : run.blocks()) {
                for (int at = 0; at < block.count(); at++) {
                    send(key, time, record(block, at));
                    time += ROW_MILLIS;
                }
            }
            producer.commitTransaction();
        }
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (folded.get() < before + run.rows() * runs) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("only " + (folded.get() - before) + " rows were folded");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return run.rows() * runs * 1e9 / (System.nanoTime() - started);
    }

    private static GenericRecord record(RowBlock block, int at) {
        GenericRecord row = new GenericData.Record(ROW);
        for (Channel channel : Channel.values()) {
            double[] values = block.values(channel);
            if (values != null && !Double.isNaN(values[at])) {
                row.put(channel.ordinal(), values[at]);
            }
        }
        return row;
    }

    /** The commit reports what failed. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(String key, long time, GenericRecord row) {
        producer.send(new ProducerRecord<>(ROWS, null, time, key, rows.serialize(ROWS, row)));
    }

    @Override
    public void close() {
        producer.close();
        streams.close(Duration.ofSeconds(5));
    }
}
