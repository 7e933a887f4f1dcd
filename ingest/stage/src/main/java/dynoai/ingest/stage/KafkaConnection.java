package dynoai.ingest.stage;

import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.ingest.stage.client.OpenClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * A connection to Kafka for the logs of one origin. After a failure it is closed and replaced by a new one, which finds out what was
 * committed.
 *
 * @param ledger of all origins of this process; it outlives the connection
 * @param rootId id of the origin
 */
record KafkaConnection(
        Transactions transactions,
        RunLogWriter runLog,
        Ledger ledger,
        String rootId,
        RunResultReader results,
        SentRunLocator locator,
        OpenClients clients)
        implements AutoCloseable {
    private static final String COMMITTED = "read_committed";

    /** Connects: fences the previous user of the drop folder, reads what was committed, and signs as the owner. */
    static KafkaConnection open(IngestLoops shared, IngestLoop.Origin origin, Ownership ownership)
            throws TransportUnavailableException {
        OpenClients clients = new OpenClients(shared.kafka());
        Namespace namespace = shared.kafka().namespace();
        Ledger ledger = shared.ledger();
        try {
            Producer<String, byte[]> producer =
                    clients.producer(namespace.id("ingest-" + origin.id()), origin.transactionTimeout());
            producer.initTransactions();
            Transactions transactions = new Transactions(producer, namespace, origin.guard());
            TopicOffsets offsets = new TopicOffsets(clients.admin());
            RunResultReader results = new RunResultReader(
                    clients.consumer(COMMITTED), namespace, shared.schemas(), shared.events(), transactions::keep);
            if (origin.takesOver()) {
                results.include(System.currentTimeMillis());
            }
            KafkaConnection connection = new KafkaConnection(
                    transactions,
                    new RunLogWriter(transactions, origin.store(), shared.publishRows()),
                    ledger,
                    origin.id().toString(),
                    results,
                    new SentRunLocator(
                            clients.consumer(COMMITTED),
                            namespace,
                            shared.schemas(),
                            offsets,
                            results::hasRead,
                            offsets.topicId(Topics.RUN_LOG.in(namespace))),
                    clients);
            ledger.catchUp();
            connection.sendDeadLetters();
            connection.sign(ownership);
            return connection;
        } catch (KafkaException | IOException e) {
            clients.closeAfter(e);
            throw Transactions.unavailable("connecting to Kafka", e);
        } catch (TransportUnavailableException | RuntimeException e) {
            clients.closeAfter(e);
            throw e;
        }
    }

    /** Returns the latest owner of the drop folder as of now. */
    Optional<LedgerEntry.RootOwner> owner() throws IOException {
        return ledger.owner(rootId);
    }

    /** Sends the dead letters of the ledger and of results. */
    void sendDeadLetters() throws TransportUnavailableException {
        List<DeadLetter> letters = ledger.deadLetters();
        letters.forEach(transactions::keep);
        transactions.sendDeadLetters();
        ledger.sent(letters);
    }

    void sign(Ownership ownership) throws TransportUnavailableException {
        LedgerEntry.RootOwner owner;
        try {
            owner = ownership.next(rootId, owner());
        } catch (KafkaException | IOException e) {
            throw Transactions.unavailable("reading the owner of the drop folder", e);
        }
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
