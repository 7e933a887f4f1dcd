package dynoai.ingest.stage;

import dynoai.ingest.folder.Claim;
import dynoai.ingest.folder.IngestEvents;
import dynoai.ingest.folder.RunIdentity;
import dynoai.ingest.folder.RunTransport;
import dynoai.ingest.folder.TransportUnavailableException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import dynoai.schemas.wire.WriterSchemas;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * One connection of a drop folder to Kafka. After a failure it is closed and replaced by a new one, which finds out what was
 * committed.
 */
final class KafkaRunTransport implements AutoCloseable {
    private static final String COMMITTED = "read_committed";

    private final InstantSource clock;
    private final Ownership ownership;
    private final Transactions transactions;
    private final RunLogWriter runLog;
    private final Ledger ledger;
    private final RunResultReader results;
    private final SentRunLocator locator;
    private final OpenClients clients;

    KafkaRunTransport(
            IngestSettings settings,
            InstantSource clock,
            Ownership ownership,
            Producer<String, byte[]> producer,
            Ledger ledger,
            RunResultReader results,
            SentRunLocator locator,
            OpenClients clients) {
        this.clock = clock;
        this.ownership = ownership;
        this.transactions = new Transactions(producer);
        this.runLog = new RunLogWriter(
                transactions, settings.folder().store(), settings.publishRows(), RunLogWriter.MAX_ROWS_PER_TRANSACTION);
        this.ledger = ledger;
        this.results = results;
        this.locator = locator;
        this.clients = clients;
    }

    /** Connects: fences the previous user of the drop folder, reads what was committed, and signs as the owner. */
    static KafkaRunTransport open(
            IngestSettings settings,
            UUID rootId,
            InstantSource clock,
            Ownership ownership,
            WriterSchemas schemas,
            IngestEvents events)
            throws TransportUnavailableException {
        OpenClients clients = new OpenClients(settings.client());
        try {
            Producer<String, byte[]> producer = clients.producer("dynoai-ingest-" + rootId);
            producer.initTransactions();
            CommittedOffsets offsets = new CommittedOffsets(clients.admin());
            KafkaRunTransport transport = new KafkaRunTransport(
                    settings,
                    clock,
                    ownership,
                    producer,
                    ledger(clients, schemas, rootId, events),
                    new RunResultReader(clients.consumer(COMMITTED), schemas, events),
                    new SentRunLocator(
                            clients.consumer(COMMITTED), schemas, offsets, offsets.topicId(Topics.RUN_LOG.name())),
                    clients);
            transport.sign(rootId);
            return transport;
        } catch (KafkaException e) {
            clients.close();
            throw Transactions.unavailable("connecting to Kafka", e);
        } catch (TransportUnavailableException | RuntimeException e) {
            clients.close();
            throw e;
        }
    }

    private static Ledger ledger(OpenClients clients, WriterSchemas schemas, UUID rootId, IngestEvents events) {
        Consumer<String, byte[]> uncommitted = clients.consumer("read_uncommitted");
        long end = uncommitted.endOffsets(List.of(Ledger.PARTITION)).getOrDefault(Ledger.PARTITION, 0L);
        return new Ledger(clients.consumer(COMMITTED), end, schemas, rootId.toString(), events);
    }

    /** Returns the latest owner of a drop folder, read on a new connection: another one if this node was fenced. */
    static Optional<LedgerEntry.RootOwner> ownerOf(IngestSettings settings, UUID rootId, WriterSchemas schemas) {
        try (OpenClients clients = new OpenClients(settings.client())) {
            return ledger(clients, schemas, rootId, IngestEvents.NONE).owner();
        }
    }

    void sign(UUID rootId) throws TransportUnavailableException {
        LedgerEntry.RootOwner owner = ownership.sign(rootId.toString(), ledger.owner(), clock.millis());
        transactions.run(
                "signing as owner of the drop folder",
                () -> transactions.send(Topics.INGEST_LEDGER, owner.key(), owner));
    }

    Optional<String> runOf(RunIdentity identity) throws TransportUnavailableException {
        return ask("reading the ledger", () -> ledger.runOf(identity));
    }

    /** Sends a run and returns a receipt that finds it again. */
    String send(EncodedLog log) throws TransportUnavailableException, IOException {
        LedgerEntry.Run entry = Ledger.entry(log.claim());
        RecordMetadata end = runLog.write(log, entry);
        ledger.committed(entry);
        return locator.receipt(end);
    }

    void reject(Claim claim, Rejection rejection) throws TransportUnavailableException {
        RejectedLog rejected = new RejectedLog(
                claim.shop(),
                claim.cell(),
                claim.name(),
                claim.original(),
                claim.sha256(),
                claim.size(),
                rejection.code().name(),
                rejection.line(),
                rejection.column(),
                rejection.found(),
                rejection.accepted(),
                rejection.message(),
                rejection.hint(),
                clock.millis(),
                claim.runId());
        transactions.run(
                "publishing a rejection", () -> transactions.send(Topics.REJECTED_LOGS, rejected.key(), rejected));
    }

    void abandon(Claim claim, Rejection rejection) throws TransportUnavailableException {
        String run = new RunKey(claim.shop(), claim.runId()).toString();
        byte[] abandoned = new RunLogEncoder(claim.attempt()).abandoned(rejection.code() + ": " + rejection.message());
        RunIdentity identity = RunIdentity.of(claim);
        String entry = Ledger.key(identity);
        boolean inLedger = runOf(identity).filter(claim.runId()::equals).isPresent();
        transactions.run("abandoning run " + claim.runId(), () -> {
            transactions.send(Topics.RUN_LOG.name(), run, abandoned);
            if (inLedger) {
                transactions.send(Topics.INGEST_LEDGER.name(), entry, null);
            }
        });
        if (inLedger) {
            ledger.deleted(entry);
        }
    }

    boolean isInFlight(Claim claim, String receipt) throws TransportUnavailableException {
        return ask("looking for run " + claim.runId(), () -> locator.isInFlight(claim, receipt));
    }

    /**
     * Returns new results. Also notices when another node took the folder over, so that this node stops even if it has
     * nothing to send.
     */
    List<RunTransport.Result> results() throws TransportUnavailableException {
        return ask("reading results", () -> {
            Optional<String> other = ownership.takenOverBy(ledger.owner());
            if (other.isPresent()) {
                throw new ProducerFencedException("the drop folder is owned by " + other.get() + " now");
            }
            return results.poll();
        });
    }

    private static <T> T ask(String action, Supplier<T> question) throws TransportUnavailableException {
        try {
            return question.get();
        } catch (KafkaException e) {
            throw Transactions.unavailable(action, e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
