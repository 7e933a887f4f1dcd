package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** The content of the ledger topic, kept up to date: which run has an identity, and who owns the drop folder. */
final class Ledger {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final SkippingDecoder<LedgerEntry> decoder;
    private final String rootId;
    private final Map<String, String> runs = new HashMap<>();
    private Optional<LedgerEntry.RootOwner> owner = Optional.empty();

    /**
     * Reads the ledger.
     *
     * @param consumer reads committed records
     * @param partition see {@link #partition}
     * @param end how far to read at once: the end for uncommitted reads. The end for committed reads is the last stable
     *     offset, which another writer's open transaction can keep before our own entries
     * @param decoder of its entries
     */
    Ledger(
            Consumer<String, byte[]> consumer,
            TopicPartition partition,
            long end,
            SkippingDecoder<LedgerEntry> decoder,
            String rootId) {
        this.consumer = consumer;
        this.decoder = decoder;
        this.rootId = rootId;
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        while (consumer.position(partition) < end) {
            apply(consumer.poll(POLL));
        }
    }

    /** Returns the only partition of the ledger. */
    static TopicPartition partition(Namespace namespace) {
        return new TopicPartition(Topics.INGEST_LEDGER.in(namespace), 0);
    }

    private void apply(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.key() != null) {
                apply(record.key(), decoder.decode(record));
            }
        }
    }

    private void apply(String key, Optional<LedgerEntry> entry) {
        if (entry.isEmpty()) {
            runs.remove(key);
        } else if (entry.get() instanceof LedgerEntry.Run run) {
            runs.put(key, run.runId());
        } else if (entry.get() instanceof LedgerEntry.RootOwner latest && key.equals("root/" + rootId)) {
            owner = Optional.of(latest);
        }
    }

    /** Returns the run of an identity, including what other ingests wrote since the last call. */
    Optional<String> runOf(RunIdentity identity) {
        apply(consumer.poll(Duration.ZERO));
        return Optional.ofNullable(runs.get(key(identity)));
    }

    String rootId() {
        return rootId;
    }

    /** Returns the latest owner of the drop folder as of now. */
    Optional<LedgerEntry.RootOwner> owner() {
        apply(consumer.poll(Duration.ZERO));
        return owner;
    }

    /** Adds an entry that was just committed, before it is read back. */
    void committed(LedgerEntry.Run run) {
        runs.put(run.key(), run.runId());
    }

    void deleted(String key) {
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
}
