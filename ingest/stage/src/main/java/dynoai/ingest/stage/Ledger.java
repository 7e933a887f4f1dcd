package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.stage.client.SkippingDecoder;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The content of the ledger topic, kept up to date for all drop folders of this process: which run has an identity, and who
 * owns a drop folder. It is in a {@link LedgerCache}, so that neither a start nor a reconnect reads the topic from its
 * beginning. Thread-safe.
 */
final class Ledger implements Closeable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final LedgerCache cache;
    private final Supplier<LedgerReader> readers;
    private final SkippingDecoder<LedgerEntry> decoder;
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private @Nullable LedgerReader reader;

    /** First offset that the topic still holds. */
    private long start;

    /** Highest offset of an own record that was put into the cache before it was read back. */
    private long ahead = -1;

    private boolean complete;
    private boolean closed;

    /** @param readers opens a reader of the topic at the first use, and again after a failure */
    Ledger(LedgerCache cache, Supplier<LedgerReader> readers, WriterSchemas schemas, IngestEvents events) {
        this.cache = cache;
        this.readers = readers;
        this.decoder = new SkippingDecoder<>(Topics.INGEST_LEDGER.decoder(schemas), events, deadLetters::add);
    }

    static Ledger open(Path folder, Supplier<LedgerReader> readers, WriterSchemas schemas, IngestEvents events)
            throws IOException {
        return new Ledger(LedgerCache.open(folder), readers, schemas, events);
    }

    /** Reads up to the end as of now. Called when a drop folder connects, before any of its files is looked at. */
    void catchUp() throws IOException {
        long end = with(this::end);
        boolean read = false;
        while (!read) {
            read = with(current -> isRead(current, end));
        }
    }

    private interface Use<T> {
        T of(LedgerReader reader) throws IOException;
    }

    /** Uses the reader, and closes it after a failure. Other threads have their turn between two calls. */
    private synchronized <T> T with(Use<T> use) throws IOException {
        if (closed) {
            throw new IOException("the ledger is closed");
        }
        try {
            if (reader == null) {
                complete = false;
                reader = readers.get();
                seek(reader);
            }
            return use.of(reader);
        } catch (KafkaException | IOException e) {
            closeReaderAfter(e);
            throw e;
        }
    }

    private void seek(LedgerReader opened) throws IOException {
        opened.consumer().assign(List.of(opened.partition()));
        LedgerCache.Position position = cache.position();
        if (position.topic().equals(opened.topic().get())) {
            Optional<Integer> epoch = position.epoch() < 0 ? Optional.empty() : Optional.of(position.epoch());
            opened.consumer().seek(opened.partition(), new OffsetAndMetadata(position.next(), epoch, ""));
        } else {
            restart(opened);
        }
    }

    private long end(LedgerReader current) throws IOException {
        if (!cache.position().topic().equals(current.topic().get())) {
            restart(current);
        }
        start = current.consumer()
                .beginningOffsets(List.of(current.partition()))
                .getOrDefault(current.partition(), 0L);
        cache.forgetBefore(start);
        return current.end().getAsLong();
    }

    private boolean isRead(LedgerReader current, long end) throws IOException {
        if (current.consumer().position(current.partition()) >= end) {
            complete = true;
            return true;
        }
        read(current, POLL);
        return false;
    }

    /** Discards what was read of another topic, or of records that the topic no longer has. */
    private void restart(LedgerReader current) throws IOException {
        complete = false;
        ahead = -1;
        deadLetters.clear();
        cache.discard();
        cache.apply(List.of(), new LedgerCache.Position(current.topic().get(), 0, -1));
        current.consumer().seekToBeginning(List.of(current.partition()));
    }

    private void read(LedgerReader current, Duration wait) throws IOException {
        try {
            apply(current.consumer().poll(wait));
        } catch (OffsetOutOfRangeException ignored) {
            // Kafka lost records that were applied, or deleted records that were not.
            restart(current);
        }
    }

    private void apply(ConsumerRecords<String, byte[]> records) throws IOException {
        List<LedgerCache.Change> changes = new ArrayList<>();
        LedgerCache.Position after = cache.position();
        for (ConsumerRecord<String, byte[]> record : records) {
            String text = decoder.decode(record).map(Ledger::text).orElse("");
            if (record.key() != null && !isOlderThanCached(record)) {
                changes.add(new LedgerCache.Change(record.key(), new LedgerCache.Entry(record.offset(), text)));
            }
            if (deadLetters.isEmpty()) {
                after = new LedgerCache.Position(
                        after.topic(), record.offset() + 1, record.leaderEpoch().orElse(-1));
            }
        }
        if (!records.isEmpty()) {
            cache.apply(changes, after);
        }
    }

    private boolean isOlderThanCached(ConsumerRecord<String, byte[]> record) throws IOException {
        return record.offset() <= ahead && cache.offsetOf(record.key()) > record.offset();
    }

    private static String text(LedgerEntry entry) {
        return entry instanceof LedgerEntry.RootOwner owner
                ? owner.generation() + " " + owner.sinceMillis() + " " + owner.node()
                : ((LedgerEntry.Run) entry).runId();
    }

    /** Returns an entry, with what other ingests wrote since the last call. */
    private Optional<String> find(String key) throws IOException {
        Answer answer = with(current -> answer(current, key));
        while (!answer.isComplete()) {
            catchUp();
            answer = with(current -> answer(current, key));
        }
        return answer.text();
    }

    private record Answer(boolean isComplete, Optional<String> text) {}

    private Answer answer(LedgerReader current, String key) throws IOException {
        if (complete) {
            read(current, Duration.ZERO);
        }
        return new Answer(complete, cached(key));
    }

    private Optional<String> cached(String key) throws IOException {
        return cache.get(key).filter(entry -> entry.offset() >= start).map(LedgerCache.Entry::text);
    }

    Optional<String> runOf(RunIdentity identity) throws IOException {
        return find(key(identity));
    }

    /** Returns the latest owner of a drop folder as of now. */
    Optional<LedgerEntry.RootOwner> owner(String rootId) throws IOException {
        return find("root/" + rootId).map(text -> {
            String[] parts = text.split(" ", 3);
            return new LedgerEntry.RootOwner(rootId, parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        });
    }

    /** Adds an entry that was just committed, before it is read back. */
    void committed(LedgerEntry.Run run, long offset) {
        putAhead(run.key(), offset, run.runId());
    }

    void deleted(String key, long offset) {
        putAhead(key, offset, "");
    }

    private synchronized void putAhead(String key, long offset, String text) {
        if (!closed) {
            ahead = Math.max(ahead, offset);
            try {
                cache.putAhead(new LedgerCache.Change(key, new LedgerCache.Entry(offset, text)));
            } catch (IOException e) {
                // The next look-up reads the topic, which has the record.
                closeReaderAfter(e);
            }
        }
    }

    /** Returns the entries with unknown schemas that are not {@link #sent}. They are read again after a restart until then. */
    synchronized List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    synchronized void sent(List<DeadLetter> letters) {
        deadLetters.removeAll(letters);
    }

    private void closeReaderAfter(Exception failure) {
        LedgerReader closing = reader;
        reader = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        try {
            if (reader != null) {
                reader.close();
            }
        } finally {
            cache.close();
        }
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
