package dynoai.ingest.stage;

import dynoai.ingest.folder.Claim;
import dynoai.ingest.folder.IngestEvents;
import dynoai.ingest.folder.RunIdentity;
import dynoai.ingest.folder.RunTransport;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.LogSource;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.LogRow;
import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RunLogEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Carries runs onto the run log, each in a transaction of its own with its entry in the ledger. After a failure it is of
 * no more use: it is closed, and a new one finds out what was committed.
 */
final class KafkaRunTransport implements RunTransport, AutoCloseable {
    /** A log of any length must not hold back the other runs of its partition for long. */
    private static final long ROWS_PER_TRANSACTION = 2_000_000;

    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final IngestSettings settings;
    private final Clock clock;
    private final Ownership ownership;
    private final KafkaProducer<String, byte[]> producer;
    private final Ledger ledger;
    private final RunResultReader results;
    private final SentRunLocator whereabouts;

    private KafkaRunTransport(
            IngestSettings settings,
            Clock clock,
            Ownership ownership,
            KafkaProducer<String, byte[]> producer,
            Ledger ledger,
            RunResultReader results,
            SentRunLocator whereabouts) {
        this.settings = settings;
        this.clock = clock;
        this.ownership = ownership;
        this.producer = producer;
        this.ledger = ledger;
        this.results = results;
        this.whereabouts = whereabouts;
    }

    /** Fences whoever used this drop folder's transactional id before, learns what was committed, and signs as owner. */
    static KafkaRunTransport open(
            IngestSettings settings,
            UUID rootId,
            Clock clock,
            Ownership ownership,
            PublishedSchemas schemas,
            IngestEvents events)
            throws CarrierDown {
        Clients clients = new Clients(settings.client());
        KafkaProducer<String, byte[]> producer = null;
        try {
            producer = clients.producer("dynoai-ingest-" + rootId);
            producer.initTransactions();
            Ledger ledger = Ledger.read(clients, schemas, rootId.toString(), events);
            KafkaRunTransport carrier = new KafkaRunTransport(
                    settings,
                    clock,
                    ownership,
                    producer,
                    ledger,
                    new RunResultReader(clients, schemas, events),
                    new SentRunLocator(clients, schemas));
            carrier.sign(rootId);
            return carrier;
        } catch (KafkaException failed) {
            if (producer != null) {
                producer.close(CLOSE);
            }
            throw down("Kafka cannot be used", failed);
        }
    }

    private void sign(UUID rootId) throws CarrierDown {
        LedgerEntry.RootOwner owner = ownership.sign(rootId.toString(), ledger.owner(), clock.millis());
        transaction("signing as owner of the drop folder", () -> send(Topics.INGEST_LEDGER, owner.key(), owner));
    }

    /** Who signed last for a drop folder, read anew: another when it fenced us. */
    static Optional<LedgerEntry.RootOwner> ownerOf(IngestSettings settings, UUID rootId, PublishedSchemas schemas) {
        try (Ledger ledger =
                Ledger.read(new Clients(settings.client()), schemas, rootId.toString(), IngestEvents.NONE)) {
            return ledger.owner();
        }
    }

    /** Whoever took the folder over sends what we would send: we stop, even with nothing to send. */
    private void stopIfTakenOver() throws CarrierDown {
        ledger.catchUp();
        Optional<String> other = ownership.takenOverBy(ledger.owner());
        if (other.isPresent()) {
            throw down(
                    "looking who owns the drop folder", new ProducerFencedException("it is " + other.get() + " now"));
        }
    }

    @Override
    public Optional<String> runOf(RunIdentity identity) throws CarrierDown {
        try {
            return ledger.runOf(identity);
        } catch (KafkaException failed) {
            throw down("reading the ledger", failed);
        }
    }

    @Override
    public Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException {
        EncodedLog log = EncodedLog.of(claim, bytes);
        return sent -> sendRun(sent, log);
    }

    private String sendRun(Claim claim, EncodedLog log) throws CarrierDown, IOException {
        if (log.attempt() != claim.attempt()) {
            throw new IllegalStateException(
                    "encoded for attempt " + log.attempt() + ", sent as attempt " + claim.attempt());
        }
        Path bytes = ContentPath.of(settings.folder().store(), claim.sha256());
        LedgerEntry.Run entry = Ledger.entry(claim);
        Sending sending = new Sending(new RunKey(claim.shop(), claim.runId()).toString());
        try {
            producer.beginTransaction();
            if (settings.publishRows()) {
                sendRows(claim, log, bytes);
            }
            log.writeTo(sending, bytes);
            send(Topics.INGEST_LEDGER, entry.key(), entry);
            RecordMetadata ended = sending.ended();
            CrashPoint.INGEST_BEFORE_COMMIT.reached();
            producer.commitTransaction();
            ledger.committed(entry);
            return whereabouts.receipt(ended);
        } catch (KafkaException failed) {
            abort();
            throw down("sending run " + claim.runId(), failed);
        } catch (LogRejectedException changed) {
            abort();
            throw new IOException(
                    "the store's copy of " + claim.name() + " was changed: " + changed.getMessage(), changed);
        } catch (IOException | RuntimeException failed) {
            abort();
            throw failed;
        }
    }

    private void sendRows(Claim claim, EncodedLog log, Path bytes) throws LogRejectedException, IOException {
        String key = new RunKey(claim.shop(), claim.runId()).toString();
        PlainRows rows = new PlainRows(claim.attempt());
        LogReader.read(LogSource.of(bytes), log.plan(), 1, null, block -> {
            for (LogRow row : rows.of(block)) {
                send(Topics.LOG_ROWS, key, row);
            }
        });
    }

    /** Sends the records of one attempt, a long one in several transactions. */
    private final class Sending implements EncodedLog.RecordSink {
        private final String key;
        private long rows;
        private @Nullable Future<RecordMetadata> last;

        private Sending(String key) {
            this.key = key;
        }

        @Override
        public void record(byte[] encoded, int rowsInIt, boolean isLast) {
            if (rows > ROWS_PER_TRANSACTION) {
                producer.commitTransaction();
                producer.beginTransaction();
                rows = 0;
            }
            last = producer.send(new ProducerRecord<>(Topics.RUN_LOG.name(), key, encoded));
            rows += rowsInIt;
            CrashPoint.INGEST_MID_TRANSACTION.reached();
        }

        private RecordMetadata ended() {
            producer.flush();
            try {
                if (last == null) {
                    throw new IllegalStateException("nothing was sent");
                }
                return last.get();
            } catch (ExecutionException failed) {
                throw new KafkaException(failed.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new org.apache.kafka.common.errors.InterruptException(stopped);
            }
        }
    }

    @Override
    public void refuse(Claim claim, Rejection rejection) throws CarrierDown {
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
        transaction("recording a refused log", () -> send(Topics.REJECTED_LOGS, rejected.key(), rejected));
    }

    @Override
    public void abandon(Claim claim, Rejection why) throws CarrierDown {
        String run = new RunKey(claim.shop(), claim.runId()).toString();
        byte[] abandoned = new RunLogEncoder(claim.attempt()).abandoned(why.code() + ": " + why.message());
        RunIdentity identity = RunIdentity.of(claim);
        String entry = Ledger.key(identity);
        boolean inLedger = runOf(identity).filter(claim.runId()::equals).isPresent();
        transaction("giving up run " + claim.runId(), () -> {
            send(new ProducerRecord<>(Topics.RUN_LOG.name(), run, abandoned));
            if (inLedger) {
                send(new ProducerRecord<>(Topics.INGEST_LEDGER.name(), entry, null));
            }
        });
        if (inLedger) {
            ledger.forgotten(entry);
        }
    }

    @Override
    public boolean isUnderway(Claim claim, String receipt) throws CarrierDown {
        try {
            return whereabouts.isUnderway(claim, receipt);
        } catch (KafkaException failed) {
            throw down("looking for run " + claim.runId(), failed);
        }
    }

    @Override
    public List<RunOutcome> outcomes() throws CarrierDown {
        try {
            stopIfTakenOver();
            return results.poll();
        } catch (KafkaException failed) {
            throw down("reading results", failed);
        }
    }

    private <T> void send(Topic<T> topic, String key, T message) {
        send(new ProducerRecord<>(topic.name(), key, topic.format().encode(message)));
    }

    /** What becomes of a record is told by the commit. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(ProducerRecord<String, byte[]> record) {
        producer.send(record);
    }

    private void transaction(String doing, Runnable sends) throws CarrierDown {
        try {
            producer.beginTransaction();
            sends.run();
            producer.commitTransaction();
        } catch (KafkaException failed) {
            abort();
            throw down(doing, failed);
        }
    }

    /** An abort that fails too changes nothing: the next carrier aborts whatever is open. */
    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException moot) {
            producer.close(Duration.ZERO);
        }
    }

    private static CarrierDown down(String doing, KafkaException cause) {
        return new CarrierDown(doing + ": " + cause, cause);
    }

    @Override
    public void close() {
        producer.close(CLOSE);
        ledger.close();
        results.close();
        whereabouts.close();
    }
}
