package dynoai.exporter.stage;

import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WriterSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The store of logs that the ingest fills, maybe on another machine. A store that does not hold what the ingest took lately
 * is another one, most often for a mount that is missing: then nothing is exported, since every run would fail for it.
 */
final class SharedStore {
    private static final TopicPartition LEDGER = new TopicPartition(Topics.INGEST_LEDGER.name(), 0);
    private static final long LATEST = 64;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path folder;
    private volatile boolean proven;

    SharedStore(ExporterSettings settings) {
        this.folder = settings.store();
        this.proven = !settings.apart();
    }

    /** The log of a run, of which the hash was checked. */
    Path log(RunStarted started) throws IOException {
        Path log = ContentPath.of(folder, started.sha256());
        if (!proven && !Files.exists(log)) {
            throw TransientFailure.otherStore(folder, started.sha256());
        }
        if (!Sha256.hex(log).equals(started.sha256())) {
            throw new IOException("the store's copy of the log has another hash: " + log);
        }
        proven = true;
        return log;
    }

    /** Why this cannot be the ingest's store, by the logs it took lately; empty when it is, or took none yet. */
    Optional<String> doubt(ExporterSettings settings, WriterSchemas schemas) {
        List<String> taken = takenLately(settings, Topics.INGEST_LEDGER.decoder(schemas));
        proven = taken.stream().anyMatch(sha256 -> Files.exists(ContentPath.of(folder, sha256)));
        return proven || taken.isEmpty()
                ? Optional.empty()
                : Optional.of("the store " + folder + " holds none of the " + taken.size()
                        + " logs that the ingest took last; give the folder that the ingest's --store is");
    }

    private static List<String> takenLately(ExporterSettings settings, RecordDecoder<LedgerEntry> decoder) {
        List<String> taken = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = Clients.reader(settings)) {
            consumer.assign(List.of(LEDGER));
            long end = consumer.endOffsets(List.of(LEDGER)).getOrDefault(LEDGER, 0L);
            consumer.seek(LEDGER, Math.max(0, end - LATEST));
            long until = System.nanoTime() + PATIENCE_NANOS;
            while (consumer.position(LEDGER) < end && System.nanoTime() < until) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    logOf(record, decoder).ifPresent(taken::add);
                }
            }
        }
        return taken;
    }

    private static Optional<String> logOf(ConsumerRecord<String, byte[]> record, RecordDecoder<LedgerEntry> decoder) {
        try {
            return record.value() != null && decoder.decode(record.value()) instanceof LedgerEntry.Run run
                    ? Optional.of(run.sha256())
                    : Optional.empty();
        } catch (UnreadableRecordException hostile) {
            return Optional.empty();
        }
    }
}
