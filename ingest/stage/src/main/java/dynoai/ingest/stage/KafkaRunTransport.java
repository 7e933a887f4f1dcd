package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Carries runs over Kafka. Uses the current connection, also for logs prepared before a reconnect. */
final class KafkaRunTransport implements RunTransport {
    private final Ownership ownership;
    private final RunSigner signer;
    private final InstantSource clock;
    private final IngestEvents events;
    private volatile @Nullable KafkaConnection current;

    KafkaRunTransport(Ownership ownership, RunSigner signer, InstantSource clock, IngestEvents events) {
        this.ownership = ownership;
        this.signer = signer;
        this.clock = clock;
        this.events = events;
    }

    /** @param connection the connection to use from now on, or null while disconnected */
    void use(@Nullable KafkaConnection connection) {
        current = connection;
    }

    private KafkaConnection connection() throws TransportUnavailableException {
        KafkaConnection connection = current;
        if (connection == null) {
            throw new TransportUnavailableException("not connected to Kafka", null);
        }
        return connection;
    }

    @Override
    public Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException {
        EncodedLog log = EncodedLog.of(claim, bytes, signer, events);
        return () -> send(log, connection());
    }

    private static String send(EncodedLog log, KafkaConnection connection)
            throws TransportUnavailableException, IOException {
        LedgerEntry.Run entry = Ledger.entry(log.claim());
        RunLogWriter.Written written = connection.runLog().write(log, entry);
        connection.ledger().committed(entry, written.ledgerOffset());
        return connection.locator().receipt(written.end());
    }

    @Override
    public Optional<String> runOf(RunIdentity identity) throws TransportUnavailableException {
        Ledger ledger = connection().ledger();
        return ask("reading the ledger", () -> ledger.runOf(identity));
    }

    @Override
    public void reject(Claim claim, Rejection rejection) throws TransportUnavailableException {
        Transactions transactions = connection().transactions();
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
        transactions.runGuarded(
                "publishing a rejection", () -> transactions.send(Topics.REJECTED_LOGS, rejected.key(), rejected));
    }

    /** How many rows the run had may be unknown, so every partition that may hold it has the record. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void abandon(Claim claim, Rejection rejection) throws TransportUnavailableException {
        String run = new RunKey(claim.shop(), claim.runId()).toString();
        byte[] abandoned = new RunLogEncoder(claim.attempt()).abandoned(rejection.code() + ": " + rejection.message());
        RunIdentity identity = RunIdentity.of(claim);
        String entry = Ledger.key(identity);
        boolean inLedger = runOf(identity).filter(claim.runId()::equals).isPresent();
        KafkaConnection connection = connection();
        Transactions transactions = connection.transactions();
        List<Integer> partitions = transactions.runLogPartitions().all(run);
        List<Future<RecordMetadata>> deleted = new ArrayList<>();
        transactions.runGuarded("abandoning run " + claim.runId(), () -> {
            for (int partition : partitions) {
                transactions.sendTracked(Topics.RUN_LOG, partition, run, abandoned);
            }
            if (inLedger) {
                deleted.add(transactions.sendTracked(Topics.INGEST_LEDGER, entry, null));
            }
        });
        for (Future<RecordMetadata> sent : deleted) {
            connection.ledger().deleted(entry, Transactions.position(sent).offset());
        }
    }

    @Override
    public boolean isInFlight(Claim claim, String receipt) throws TransportUnavailableException {
        KafkaConnection connection = connection();
        connection.results().include(SentRunLocator.sentMillis(claim, receipt));
        SentRunLocator locator = connection.locator();
        return ask("looking for run " + claim.runId(), () -> locator.isInFlight(claim, receipt));
    }

    /** Also notices when another node took the folder over, so that this node stops even if it has nothing to send. */
    @Override
    public List<Result> results() throws TransportUnavailableException {
        KafkaConnection connection = connection();
        if (ask("reading the ledger", () -> ownership.takenOverBy(connection.owner()))
                .isPresent()) {
            // This fails if the other node has fenced the producer. Otherwise its signature is damaged or forged.
            connection.sign(ownership);
        }
        List<Result> results = ask("reading results", () -> connection.results().poll(signer));
        connection.sendDeadLetters();
        return results;
    }

    private interface Question<T> {
        T answer() throws IOException;
    }

    private static <T> T ask(String action, Question<T> question) throws TransportUnavailableException {
        try {
            return question.answer();
        } catch (KafkaException | IOException e) {
            throw Transactions.unavailable(action, e);
        }
    }
}
