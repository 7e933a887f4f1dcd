package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.ingest.stage.client.OpenClients;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.HmacKey;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WriterSchemas;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** One connection of a drop folder to mock clients. */
final class MockKafka implements Closeable {
    static final UUID ROOT = new UUID(1, 2);
    static final RunSigner SIGNER = new RunSigner(new HmacKey("0123456789abcdef"), "store-of-tests");
    static final String TOPIC_ID = "topic-1";
    static final TopicPartition RUN_LOG = new TopicPartition(Topics.RUN_LOG.in(Namespace.DEFAULT), 0);
    static final TopicPartition OUTCOMES = new TopicPartition(Topics.RUN_GRIDS.in(Namespace.DEFAULT), 0);
    static final TopicPartition LEDGER = new TopicPartition(Topics.INGEST_LEDGER.in(Namespace.DEFAULT), 0);
    static final TopicPartition RESULTS = new TopicPartition(Topics.RUN_RESULTS.in(Namespace.DEFAULT), 0);

    final MockProducer<String, byte[]> producer = producer(1);
    MockConsumer<String, byte[]> ledger = consumer(LEDGER);
    final MockConsumer<String, byte[]> results = consumer(RESULTS);
    final MockConsumer<String, byte[]> sentRuns = consumer(RUN_LOG, OUTCOMES, RESULTS);
    final Map<String, Long> committed = new HashMap<>();
    /** Ends of partitions with open transactions; those of the mock consumers for all others. */
    final Map<TopicPartition, Long> written = new HashMap<>();

    final List<String> skipped = new ArrayList<>();
    final InstantSource clock = () -> Instant.ofEpochMilli(1_000);
    final Ownership ownership = new Ownership("here", clock);
    boolean publishRows;
    long ledgerEnd;
    String ledgerTopic = "cluster/topic-1";
    private @Nullable Ledger opened;

    /** @param partitions of the run log */
    static MockProducer<String, byte[]> producer(int partitions) {
        Node node = new Node(0, "localhost", 9092);
        List<PartitionInfo> runLog = IntStream.range(0, partitions)
                .mapToObj(partition ->
                        new PartitionInfo(RUN_LOG.topic(), partition, node, new Node[] {node}, new Node[] {node}))
                .toList();
        Cluster cluster = new Cluster("mock", List.of(node), runLog, Set.of(), Set.of());
        return new MockProducer<>(cluster, true, null, new StringSerializer(), new ByteArraySerializer());
    }

    static MockConsumer<String, byte[]> consumer(TopicPartition... partitions) {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest") {
            /** Every record was written at the time of its offset. */
            @Override
            public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
                Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
                endOffsets(times.keySet()).forEach((partition, end) -> {
                    long time = times.get(partition);
                    found.put(partition, time < end ? new OffsetAndTimestamp(time, time) : null);
                });
                return found;
            }
        };
        Node node = new Node(0, "localhost", 9092);
        for (TopicPartition partition : partitions) {
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(partition, 0L));
            PartitionInfo info = new PartitionInfo(
                    partition.topic(), partition.partition(), node, new Node[] {node}, new Node[] {node});
            consumer.updatePartitions(partition.topic(), List.of(info));
        }
        return consumer;
    }

    /** Adds a record that the next free poll of a consumer returns. */
    static void deliver(
            MockConsumer<String, byte[]> consumer, TopicPartition partition, long offset, String key, byte[] value) {
        consumer.updateEndOffsets(Map.of(partition, offset + 1));
        consumer.schedulePollTask(() ->
                consumer.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, key, value)));
    }

    void deliverToLedger(long offset, LedgerEntry entry) {
        deliver(ledger, LEDGER, offset, entry.key(), encoded(Topics.INGEST_LEDGER, entry));
    }

    private final IngestEvents events = new IngestEvents() {
        @Override
        public void recordSkipped(String topic, int partition, long offset, String why) {
            skipped.add(topic + " " + partition + " " + offset);
        }
    };

    /** Reads the ledger up to an offset. Its cache is next to the store, and outlives {@link #close}. */
    Ledger readLedger(Path store, long end) throws IOException {
        if (opened == null) {
            opened = Ledger.open(
                    store.resolve("ledger"),
                    () -> new LedgerReader(ledger, LEDGER, () -> ledgerEnd, () -> ledgerTopic, () -> {}),
                    WriterSchemas.none(),
                    events);
        }
        ledgerEnd = end;
        opened.catchUp();
        return opened;
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    /** Connects, with everything on the ledger before {@code end} read. */
    KafkaConnection connect(Path store, long end) throws IOException {
        producer.initTransactions();
        Ledger ledger = readLedger(store, end);
        Transactions transactions = new Transactions(producer, Namespace.DEFAULT, CommitGuard.NONE);
        RunResultReader resultReader =
                new RunResultReader(results, Namespace.DEFAULT, WriterSchemas.none(), events, transactions::keep);
        return new KafkaConnection(
                transactions,
                new RunLogWriter(transactions, new FolderStore(store), publishRows, Long.MAX_VALUE),
                ledger,
                ROOT.toString(),
                resultReader,
                new SentRunLocator(
                        sentRuns, Namespace.DEFAULT, WriterSchemas.none(), offsets(), resultReader::hasRead, TOPIC_ID),
                new OpenClients(new KafkaClients(Map.of(), Namespace.DEFAULT)));
    }

    private SentRunLocator.Offsets offsets() {
        return new SentRunLocator.Offsets() {
            @Override
            public long committed(String group, TopicPartition partition) {
                return committed.getOrDefault(group, 0L);
            }

            @Override
            public long written(TopicPartition partition) {
                MockConsumer<String, byte[]> reader = partition.equals(RESULTS) ? results : sentRuns;
                return written.getOrDefault(
                        partition, reader.endOffsets(List.of(partition)).get(partition));
            }
        };
    }

    KafkaRunTransport transport(KafkaConnection connection) {
        KafkaRunTransport transport = new KafkaRunTransport(ownership, SIGNER, clock, IngestEvents.NONE);
        transport.use(connection);
        return transport;
    }

    /** Connects as the owner of the drop folder. */
    KafkaConnection connectAsOwner(Path store) throws TransportUnavailableException, IOException {
        KafkaConnection connection = connect(store, 0);
        connection.sign(ownership);
        producer.clear();
        return connection;
    }

    /** Connects as the owner, with no run in flight. */
    KafkaRunTransport transportAsOwner(Path store) throws TransportUnavailableException, IOException {
        KafkaRunTransport transport = transport(connectAsOwner(store));
        transport.results();
        return transport;
    }

    /** Puts a log of this many rows into the store and claims it for attempt 1. */
    static Claim claim(Path store, int rows) throws IOException {
        StringBuilder text = new StringBuilder("RPM,MAP,Torque\n");
        for (int row = 0; row < rows; row++) {
            text.append(2000 + row % 3000).append(",80,70\n");
        }
        return claim(store, text.toString());
    }

    static Claim claim(Path store, String text) throws IOException {
        Path written = Files.writeString(Files.createDirectories(store).resolve("log"), text);
        String sha256 = Sha256.hex(written);
        Path stored = ContentPath.of(store, sha256);
        Files.createDirectories(stored.getParent());
        Files.move(written, stored);
        return new Claim(
                "2026-03-04T05-06-07Z-0a1b2c",
                "local",
                "default",
                "",
                "pull.csv",
                "pull.csv",
                Files.size(stored),
                sha256,
                AnalysisOptions.defaults(),
                Map.of(),
                Optional.empty(),
                1,
                false,
                Instant.EPOCH,
                "");
    }

    static Path stored(Path store, Claim claim) {
        return ContentPath.of(store, claim.sha256());
    }

    static <T> byte[] encoded(Topic<T> topic, T message) {
        return topic.format().encode(message);
    }

    /** The committed records of a topic. */
    List<ProducerRecord<String, byte[]>> sent(Topic<?> topic) {
        return sent(topic.in(Namespace.DEFAULT));
    }

    List<ProducerRecord<String, byte[]>> deadLetters() {
        return sent(Topics.deadLetters(Namespace.DEFAULT));
    }

    private List<ProducerRecord<String, byte[]>> sent(String topic) {
        return producer.history().stream()
                .filter(record -> record.topic().equals(topic))
                .toList();
    }

    List<RunLogRecord> runLog() throws UnreadableRecordException {
        List<RunLogRecord> records = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : sent(Topics.RUN_LOG)) {
            records.add(Topics.RUN_LOG.decoder(WriterSchemas.none()).decode(record.value()));
        }
        return records;
    }
}
