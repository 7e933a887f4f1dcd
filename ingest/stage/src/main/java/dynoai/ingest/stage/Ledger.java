package dynoai.ingest.stage;

import dynoai.ingest.folder.Claim;
import dynoai.ingest.folder.IngestEvents;
import dynoai.ingest.folder.RunIdentity;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** What the ledger topic says, kept up to date: which identity is which run, and who owns the drop folder. */
final class Ledger implements AutoCloseable {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.INGEST_LEDGER.name(), 0);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final RecordDecoder<LedgerEntry> decoder;
    private final String ownerKey;
    private final IngestEvents events;
    private final Map<String, String> runs = new HashMap<>();
    private Optional<LedgerEntry.RootOwner> owner = Optional.empty();

    private Ledger(KafkaConsumer<String, byte[]> consumer, WriterSchemas schemas, String rootId, IngestEvents events) {
        this.events = events;
        this.consumer = consumer;
        this.decoder = Topics.INGEST_LEDGER.decoder(schemas);
        this.ownerKey = "root/" + rootId;
    }

    /**
     * Reads the ledger to its end. The end is taken read-uncommitted: a plain end stops at another writer's open
     * transaction and hides our own entries behind it.
     */
    static Ledger read(Clients clients, WriterSchemas schemas, String rootId, IngestEvents events) {
        long end;
        try (KafkaConsumer<String, byte[]> asking = clients.consumer("read_uncommitted")) {
            end = asking.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        }
        Ledger ledger = new Ledger(clients.consumer("read_committed"), schemas, rootId, events);
        try {
            ledger.consumer.assign(List.of(PARTITION));
            ledger.consumer.seekToBeginning(List.of(PARTITION));
            while (ledger.consumer.position(PARTITION) < end) {
                ledger.take(ledger.consumer.poll(POLL));
            }
            return ledger;
        } catch (RuntimeException failed) {
            ledger.close();
            throw failed;
        }
    }

    private void take(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.key() == null) {
                continue;
            }
            if (record.value() == null) {
                runs.remove(record.key());
                continue;
            }
            try {
                LedgerEntry entry = decoder.decode(record.value());
                if (entry instanceof LedgerEntry.Run run) {
                    runs.put(record.key(), run.runId());
                } else if (entry instanceof LedgerEntry.RootOwner found
                        && record.key().equals(ownerKey)) {
                    owner = Optional.of(found);
                }
            } catch (UnreadableRecordException hostile) {
                runs.remove(record.key());
                events.recordPassedOver(
                        record.topic(), record.partition(), record.offset(), String.valueOf(hostile.getMessage()));
            } catch (UnknownSchemaException unknown) {
                throw new KafkaException(unknown.getMessage(), unknown);
            }
        }
    }

    /** Reads what others wrote since. */
    void catchUp() {
        take(consumer.poll(Duration.ZERO));
    }

    Optional<String> runOf(RunIdentity identity) {
        catchUp();
        return Optional.ofNullable(runs.get(key(identity)));
    }

    Optional<LedgerEntry.RootOwner> owner() {
        return owner;
    }

    /** Takes note of an entry that was just committed, before it is read back. */
    void committed(LedgerEntry.Run run) {
        runs.put(run.key(), run.runId());
    }

    void forgotten(String key) {
        runs.remove(key);
    }

    static LedgerEntry.Run entry(Claim claim) {
        return new LedgerEntry.Run(
                hash(RunIdentity.of(claim)),
                claim.shop(),
                claim.sha256(),
                claim.options().toTexts(),
                claim.optionFiles(),
                claim.runId(),
                claim.attempt(),
                claim.name(),
                claim.claimedAt().toEpochMilli());
    }

    static String key(RunIdentity identity) {
        return "run/" + identity.shop() + '/' + hash(identity);
    }

    private static String hash(RunIdentity identity) {
        String text = identity.shop() + '\n' + identity.sha256() + '\n' + identity.options();
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
