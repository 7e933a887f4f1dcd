package dynoai.ingest.stage;

import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The ledger in a local RocksDB: a cache, which may be deleted. Each write has the position up to which the topic was applied,
 * so that a killed process continues there. What cannot be opened is deleted. One process uses it. Not thread-safe.
 */
final class LedgerCache implements AutoCloseable {
    private static final long CACHE_BYTES = 16L << 20;
    private static final long WRITE_BUFFER_BYTES = 4L << 20;
    private static final long BLOCK_BYTES = 16 << 10;
    private static final int BLOOM_BITS = 10;
    private static final int MAX_OPEN_FILES = 64;
    private static final int MAX_FORGOTTEN_AT_ONCE = 10_000;

    private static final byte ENTRY = 'e';
    private static final byte BY_OFFSET = 'o';
    private static final byte[] POSITION = {'p'};

    private final Path folder;
    private final LockFile lock;
    private final LRUCache blocks = new LRUCache(CACHE_BYTES);
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS);
    private final Options options;
    private final WriteOptions written = new WriteOptions();
    private @Nullable RocksDB database;
    private Position position = Position.NONE;

    /**
     * How far a topic was applied.
     *
     * @param topic id of the cluster and the topic; empty when nothing was applied
     * @param next offset of the next record
     * @param epoch leader epoch of the last applied record, or -1
     */
    record Position(String topic, long next, int epoch) {
        static final Position NONE = new Position("", 0, -1);

        private byte[] bytes() {
            return (next + " " + epoch + " " + topic).getBytes(StandardCharsets.UTF_8);
        }

        private static Position of(byte[] bytes) {
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 3);
            return new Position(parts[2], Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
        }
    }

    /**
     * An entry of the ledger.
     *
     * @param offset of its record
     * @param text empty when the entry was deleted by a record that is not applied yet
     */
    record Entry(long offset, String text) {
        private byte[] bytes() {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(Long.BYTES + utf8.length)
                    .putLong(offset)
                    .put(utf8)
                    .array();
        }

        private static Entry of(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new Entry(
                    buffer.getLong(), StandardCharsets.UTF_8.decode(buffer).toString());
        }
    }

    /** A change by a record; an empty text deletes. */
    record Change(String key, Entry entry) {}

    private LedgerCache(Path folder, LockFile lock) {
        this.folder = folder;
        this.lock = lock;
        this.options = new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(2)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setKeepLogFileNum(1)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(blocks)
                        .setBlockSize(BLOCK_BYTES)
                        .setCacheIndexAndFilterBlocks(true)
                        .setFilterPolicy(bloom));
    }

    /** @throws IOException if another process uses it, or it can be neither opened nor made again */
    static LedgerCache open(Path folder) throws IOException {
        RocksDB.loadLibrary();
        LedgerCache cache = new LedgerCache(
                folder, LockFile.acquire(Files.createDirectories(folder).resolve("lock")));
        try {
            cache.database();
            return cache;
        } catch (IOException | RuntimeException e) {
            cache.close();
            throw e;
        }
    }

    private RocksDB database() throws IOException {
        if (database == null) {
            try {
                database = opened();
            } catch (RocksDBException | RuntimeException ignored) {
                // Damaged, or of another version: it is read from the topic again.
                discard();
                try {
                    database = opened();
                } catch (RocksDBException e) {
                    throw new IOException(
                            "the ledger's cache in " + folder + " cannot be opened: " + e.getMessage(), e);
                }
            }
        }
        return database;
    }

    private RocksDB opened() throws RocksDBException {
        RocksDB opened = RocksDB.open(options, content().toString());
        try {
            byte[] bytes = opened.get(POSITION);
            position = bytes == null ? Position.NONE : Position.of(bytes);
            return opened;
        } catch (RocksDBException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private Path content() {
        return folder.resolve("rocksdb");
    }

    /** Deletes the content. The next call begins with an empty cache. */
    void discard() throws IOException {
        if (database != null) {
            database.close();
            database = null;
        }
        position = Position.NONE;
        if (Files.exists(content())) {
            try (Stream<Path> files = Files.walk(content())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    Position position() throws IOException {
        database();
        return position;
    }

    /** Returns the latest entry of a key; empty when it was deleted. */
    Optional<Entry> get(String key) throws IOException {
        return read(entryKey(key)).map(Entry::of).filter(entry -> !entry.text().isEmpty());
    }

    /** Returns the offset of the latest record of a key that is kept, or -1. */
    long offsetOf(String key) throws IOException {
        return read(entryKey(key)).map(Entry::of).map(Entry::offset).orElse(-1L);
    }

    private Optional<byte[]> read(byte[] key) throws IOException {
        try {
            return Optional.ofNullable(database().get(key));
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    /** Applies records of the topic, together with the position after them. */
    void apply(List<Change> changes, Position after) throws IOException {
        try (WriteBatch batch = new WriteBatch()) {
            for (Change change : changes) {
                if (change.entry().text().isEmpty()) {
                    batch.delete(entryKey(change.key()));
                } else {
                    put(batch, change);
                }
            }
            batch.put(POSITION, after.bytes());
            database().write(written, batch);
            position = after;
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    /** Puts a record that is committed and will be applied later. */
    void putAhead(Change change) throws IOException {
        try (WriteBatch batch = new WriteBatch()) {
            put(batch, change);
            database().write(written, batch);
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    private static void put(WriteBatch batch, Change change) throws RocksDBException {
        byte[] key = entryKey(change.key());
        batch.put(key, change.entry().bytes());
        batch.put(offsetKey(change.entry().offset()), key);
    }

    /** Forgets entries that the topic no longer holds, some at each call. */
    void forgetBefore(long offset) throws IOException {
        try (WriteBatch batch = new WriteBatch();
                RocksIterator oldest = database().newIterator()) {
            oldest.seek(new byte[] {BY_OFFSET});
            for (int i = 0; i < MAX_FORGOTTEN_AT_ONCE && oldest.isValid(); i++) {
                ByteBuffer key = ByteBuffer.wrap(oldest.key());
                if (key.get() != BY_OFFSET || key.getLong() >= offset) {
                    break;
                }
                byte[] entry = oldest.value();
                batch.delete(oldest.key());
                if (read(entry)
                        .filter(found -> Entry.of(found).offset() < offset)
                        .isPresent()) {
                    batch.delete(entry);
                }
                oldest.next();
            }
            oldest.status();
            if (batch.count() > 0) {
                database().write(written, batch);
            }
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    private static byte[] entryKey(String key) {
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + utf8.length).put(ENTRY).put(utf8).array();
    }

    private static byte[] offsetKey(long offset) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(BY_OFFSET)
                .putLong(offset)
                .array();
    }

    private IOException damaged(RocksDBException cause) {
        IOException damaged =
                new IOException("the ledger's cache in " + folder + " is made again: " + cause.getMessage(), cause);
        try {
            discard();
        } catch (IOException e) {
            damaged.addSuppressed(e);
        }
        return damaged;
    }

    @Override
    public void close() throws IOException {
        if (database != null) {
            database.close();
            database = null;
        }
        written.close();
        options.close();
        bloom.close();
        blocks.close();
        lock.close();
    }
}
