package dynoai.analyzer.stream;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * A windowed store that always has a segment, where Kafka Streams keeps how far its changelog was read: a store that never
 * held a window has none, and is taken for damaged when it is opened again.
 */
final class AlwaysSegmentedWindowStore implements WindowStore<Bytes, byte[]> {
    private static final Bytes NOBODY = Bytes.wrap(new byte[0]);

    private final WindowStore<Bytes, byte[]> kept;

    private AlwaysSegmentedWindowStore(WindowStore<Bytes, byte[]> kept) {
        this.kept = kept;
    }

    /** The same stores as the given ones, each with a segment. */
    static WindowBytesStoreSupplier of(WindowBytesStoreSupplier stores) {
        return new WindowBytesStoreSupplier() {
            @Override
            public WindowStore<Bytes, byte[]> get() {
                return new AlwaysSegmentedWindowStore(stores.get());
            }

            @Override
            public String name() {
                return stores.name();
            }

            @Override
            public String metricsScope() {
                return stores.metricsScope();
            }

            @Override
            public long segmentIntervalMs() {
                return stores.segmentIntervalMs();
            }

            @Override
            public long windowSize() {
                return stores.windowSize();
            }

            @Override
            public boolean retainDuplicates() {
                return stores.retainDuplicates();
            }

            @Override
            public long retentionPeriod() {
                return stores.retentionPeriod();
            }
        };
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        kept.init(context, root);
        try (KeyValueIterator<Windowed<Bytes>, byte[]> windows = kept.all()) {
            if (windows.hasNext()) {
                return;
            }
        }
        deleteNothing();
    }

    /** To delete a window opens its segment, whether or not the window is there. */
    @SuppressWarnings("NullAway") // Kafka's own way to delete
    private void deleteNothing() {
        kept.put(NOBODY, null, 0);
    }

    @Override
    public void put(Bytes key, byte[] window, long time) {
        kept.put(key, window, time);
    }

    @Override
    public byte @Nullable [] fetch(Bytes key, long time) {
        return kept.fetch(key, time);
    }

    @Override
    public WindowStoreIterator<byte[]> fetch(Bytes key, long from, long to) {
        return kept.fetch(key, from, to);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(Bytes keyFrom, Bytes keyTo, long from, long to) {
        return kept.fetch(keyFrom, keyTo, from, to);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> all() {
        return kept.all();
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetchAll(long from, long to) {
        return kept.fetchAll(from, to);
    }

    @Override
    public String name() {
        return kept.name();
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        kept.commit(offsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelog) {
        return kept.committedOffset(changelog);
    }

    @Override
    @SuppressWarnings("deprecation") // a store that does not say so has its place kept in a file beside it
    public boolean managesOffsets() {
        return kept.managesOffsets();
    }

    @Override
    public Position getPosition() {
        return kept.getPosition();
    }

    @Override
    public boolean persistent() {
        return kept.persistent();
    }

    @Override
    public boolean isOpen() {
        return kept.isOpen();
    }

    @Override
    public void close() {
        kept.close();
    }
}
