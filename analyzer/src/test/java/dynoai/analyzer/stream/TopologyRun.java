package dynoai.analyzer.stream;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.RunLogEncoder;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WireFormat;
import dynoai.schemas.wire.WriterSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in a test driver: records in, outcomes out. */
final class TopologyRun implements AutoCloseable {
    private final Path state;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> runLog;
    private final TestOutputTopic<String, byte[]> grids;
    private final TestOutputTopic<String, byte[]> deadLetters;
    private final Repeats repeats;

    private static final class Repeats implements AnalyzerEvents {
        private int count;

        @Override
        public void recordRepeated(RunKey run) {
            count++;
        }
    }

    TopologyRun() {
        this(new Repeats());
    }

    /** Repeated records are counted only without other events. */
    TopologyRun(AnalyzerEvents events) {
        repeats = events instanceof Repeats own ? own : new Repeats();
        try {
            state = Files.createTempDirectory("topology");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(
                new RunAnalysisTopology(Namespace.DEFAULT, WriterSchemas.none(), events, Map.of()).get(), settings);
        runLog = driver.createInputTopic(
                Topics.RUN_LOG.in(Namespace.DEFAULT), new StringSerializer(), new ByteArraySerializer());
        grids = driver.createOutputTopic(
                Topics.RUN_GRIDS.in(Namespace.DEFAULT), new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                Topics.deadLetters(Namespace.DEFAULT), new StringDeserializer(), new ByteArrayDeserializer());
    }

    static Topology topology() {
        return new RunAnalysisTopology(Namespace.DEFAULT, WriterSchemas.none(), new AnalyzerEvents() {}, Map.of())
                .get();
    }

    void send(RunKey key, List<byte[]> records) {
        for (byte[] record : records) {
            sendRaw(key.toString(), record);
        }
    }

    void sendRaw(String key, byte[] record) {
        runLog.pipeInput(key, record);
    }

    /** Sends the run as an ingest with another clock would. */
    void sendIngestedAt(SampleRunRecords run, long millis) {
        RunStarted s = run.started();
        RunStarted shifted = new RunStarted(
                s.runId(),
                s.shop(),
                s.cell(),
                s.fileName(),
                s.originalPath(),
                s.sha256(),
                s.sizeBytes(),
                s.description(),
                s.options(),
                s.optionFiles(),
                millis,
                s.signature(),
                s.storeId());
        List<byte[]> records = run.records(1);
        records.set(0, new RunLogEncoder(1).started(shifted));
        send(run.key(), records);
    }

    List<RunOutcome> outcomes() {
        List<RunOutcome> outcomes = new ArrayList<>();
        RecordDecoder<RunOutcome> decoder = new RecordDecoder<>(WireFormat.RUN_OUTCOME, WriterSchemas.none());
        for (byte[] bytes : grids.readValuesToList()) {
            try {
                outcomes.add(decoder.decode(bytes));
            } catch (UnreadableRecordException e) {
                throw new AssertionError(e);
            }
        }
        return outcomes;
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    int repeated() {
        return repeats.count;
    }

    int storedErrors() {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(RunAnalysisTopology.ERRORS);
        int count = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    Map<String, byte[]> storedAggregates() {
        KeyValueStore<String, byte[]> store = driver.getKeyValueStore(RunAnalysisTopology.AGGREGATES);
        Map<String, byte[]> stored = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> stored.put(entry.key, entry.value));
        }
        return stored;
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> left = Files.walk(state)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
