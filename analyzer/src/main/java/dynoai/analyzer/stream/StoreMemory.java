package dynoai.analyzer.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One RocksDB cache and write buffer budget for all stores, so that memory does not grow with the number of partitions. */
final class StoreMemory {
    /** The Streams setting that carries the instance to the stores. */
    static final String SETTING = "dynoai.store.memory";

    private static final long MAX_BUFFER_BYTES = 8L * 1024 * 1024;
    private static final long BLOCK_BYTES = 16 * 1024;

    private final Cache cache;
    private final WriteBufferManager buffers;

    StoreMemory(long bytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(bytes);
        buffers = new WriteBufferManager(bytes / 2, cache);
    }

    /** Kafka Streams creates one per store. */
    public static final class Setter implements RocksDBConfigSetter {
        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {
            StoreMemory memory = (StoreMemory) configs.get(SETTING);
            if (memory == null) {
                throw new IllegalStateException(SETTING + " is not set");
            }
            BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
            table.setBlockCache(memory.cache);
            table.setCacheIndexAndFilterBlocks(true);
            table.setBlockSize(BLOCK_BYTES);
            options.setTableFormatConfig(table);
            options.setWriteBufferManager(memory.buffers);
            options.setWriteBufferSize(MAX_BUFFER_BYTES);
            options.setMaxWriteBufferNumber(2);
        }

        @Override
        public void close(String storeName, Options options) {
            // Cache and buffers are shared by all stores.
        }
    }
}
