package dynoai.exporter.stage;

import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.HashedFiles;
import dynoai.schemas.file.HmacKey;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The store of logs that the ingest fills, possibly on another machine. A store without any of the ingest's latest logs is
 * the wrong folder, usually because a mount is missing: every run would fail, so none is exported.
 */
final class SharedStore {
    private static final long LATEST_ENTRIES = 64;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long READ_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path folder;
    private final TopicPartition ledger;
    private final HashedFiles stored;
    private volatile boolean verified;

    SharedStore(ExporterSettings settings) {
        this.folder = settings.store();
        this.ledger =
                new TopicPartition(Topics.INGEST_LEDGER.in(settings.kafka().namespace()), 0);
        this.stored = settings.stored() == null ? new HashedFiles() : settings.stored();
        this.verified = !settings.remoteIngest();
    }

    /** Returns what verifies the runs of the ingests that share the store, with the key as it is now. */
    RunSigner signer() throws TransientFailureException {
        try {
            return new RunSigner(HmacKey.findInStore(folder).orElseThrow(() -> new NoSuchFileException(HmacKey.FILE)));
        } catch (IOException e) {
            throw TransientFailureException.noKey(folder, e);
        }
    }

    /** Returns the log of a run after checking its hash, unless the ingest of this process has just computed it. */
    Path log(RunStarted started) throws IOException {
        Path log = ContentPath.of(folder, started.sha256());
        if (!verified && !Files.exists(log)) {
            throw TransientFailureException.otherStore(folder, started.sha256());
        }
        if (!stored.contains(log)) {
            if (!Sha256.hex(log).equals(started.sha256())) {
                throw new IOException("the store's copy of the log has another hash: " + log);
            }
            stored.add(log);
        }
        verified = true;
        return log;
    }

    /** Returns why this is not the ingest's store, judged by the ledger; empty if it is, or if the ledger has no runs. */
    Optional<String> mismatch(Consumer<String, byte[]> consumer, RecordDecoder<LedgerEntry> decoder) {
        List<String> latest = latestLogs(consumer, decoder);
        verified = latest.stream().anyMatch(sha256 -> Files.exists(ContentPath.of(folder, sha256)));
        return verified || latest.isEmpty()
                ? Optional.empty()
                : Optional.of("the store " + folder + " contains none of the " + latest.size()
                        + " logs that the ingest read last; give the folder of the ingest's --store");
    }

    private List<String> latestLogs(Consumer<String, byte[]> consumer, RecordDecoder<LedgerEntry> decoder) {
        List<String> latest = new ArrayList<>();
        consumer.assign(List.of(ledger));
        long end = consumer.endOffsets(List.of(ledger)).getOrDefault(ledger, 0L);
        consumer.seek(ledger, Math.max(0, end - LATEST_ENTRIES));
        long deadline = System.nanoTime() + READ_TIMEOUT_NANOS;
        while (consumer.position(ledger) < end && System.nanoTime() < deadline) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                logOf(record, decoder).ifPresent(latest::add);
            }
        }
        return latest;
    }

    private static Optional<String> logOf(ConsumerRecord<String, byte[]> record, RecordDecoder<LedgerEntry> decoder) {
        try {
            return record.value() != null && decoder.decode(record.value()) instanceof LedgerEntry.Run run
                    ? Optional.of(run.sha256())
                    : Optional.empty();
        } catch (UnreadableRecordException | UnknownSchemaException ignored) {
            return Optional.empty(); // The entry cannot verify the store; others may.
        }
    }
}
