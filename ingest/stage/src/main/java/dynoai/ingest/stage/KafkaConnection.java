package dynoai.ingest.stage;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A connection of a drop folder to Kafka. After a failure it is closed and replaced by a new one, which finds out what was
 * committed.
 */
record KafkaConnection(
        Transactions transactions,
        RunLogWriter runLog,
        Ledger ledger,
        RunResultReader results,
        SentRunLocator locator,
        OpenClients clients)
        implements AutoCloseable {
    private static final String COMMITTED = "read_committed";

    /** Connects: fences the previous user of the drop folder, reads what was committed, and signs as the owner. */
    static KafkaConnection open(
            IngestSettings settings, UUID rootId, Ownership ownership, WriterSchemas schemas, IngestEvents events)
            throws TransportUnavailableException {
        OpenClients clients = new OpenClients(settings.kafka());
        Namespace namespace = settings.kafka().namespace();
        try {
            Producer<String, byte[]> producer = clients.producer(namespace.id("ingest-" + rootId));
            producer.initTransactions();
            Transactions transactions = new Transactions(producer, namespace);
            TopicOffsets offsets = new TopicOffsets(clients.admin());
            RunResultReader results =
                    new RunResultReader(clients.consumer(COMMITTED), namespace, schemas, events, transactions::keep);
            KafkaConnection connection = new KafkaConnection(
                    transactions,
                    new RunLogWriter(transactions, settings),
                    ledger(clients, namespace, entries(schemas, events, transactions::keep), rootId),
                    results,
                    new SentRunLocator(
                            clients.consumer(COMMITTED),
                            namespace,
                            schemas,
                            offsets,
                            results::hasRead,
                            offsets.topicId(Topics.RUN_LOG.in(namespace))),
                    clients);
            transactions.sendDeadLetters();
            connection.sign(ownership);
            return connection;
        } catch (KafkaException e) {
            clients.closeAfter(e);
            throw Transactions.unavailable("connecting to Kafka", e);
        } catch (TransportUnavailableException | RuntimeException e) {
            clients.closeAfter(e);
            throw e;
        }
    }

    static SkippingDecoder<LedgerEntry> entries(
            WriterSchemas schemas, IngestEvents events, java.util.function.Consumer<DeadLetter> dead) {
        return new SkippingDecoder<>(Topics.INGEST_LEDGER.decoder(schemas), events, dead);
    }

    private static Ledger ledger(
            OpenClients clients, Namespace namespace, SkippingDecoder<LedgerEntry> entries, UUID rootId) {
        TopicPartition partition = Ledger.partition(namespace);
        Consumer<String, byte[]> uncommitted = clients.consumer("read_uncommitted");
        long end = uncommitted.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        return new Ledger(clients.consumer(COMMITTED), partition, end, entries, rootId.toString());
    }

    /** Returns the latest owner of a drop folder, read on a new connection: another one if this node was fenced. */
    static Optional<LedgerEntry.RootOwner> ownerOf(IngestSettings settings, UUID rootId, WriterSchemas schemas) {
        try (OpenClients clients = new OpenClients(settings.kafka())) {
            return ledger(
                            clients,
                            settings.kafka().namespace(),
                            entries(schemas, IngestEvents.NONE, letter -> {}),
                            rootId)
                    .owner();
        }
    }

    void sign(Ownership ownership) throws TransportUnavailableException {
        LedgerEntry.RootOwner owner = ownership.next(ledger.rootId(), ledger.owner());
        transactions.run(
                "signing as owner of the drop folder",
                () -> transactions.send(Topics.INGEST_LEDGER, owner.key(), owner));
        ownership.signed(owner);
    }

    @Override
    public void close() {
        clients.close();
    }
}
