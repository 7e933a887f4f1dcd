package dynoai.analyzer.stream.internal;

import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.apache.kafka.streams.state.internals.RocksDbWindowBytesStoreSupplier;
import org.apache.kafka.streams.state.internals.RocksDbWindowBytesStoreSupplier.WindowStoreTypes;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A window store that has at least one segment.
 *
 * <p>Since KIP-1035 (Kafka 4.3) a store keeps its changelog offset itself, a window store in its segments. A store that never
 * held a window has no segment and so no offset; with exactly-once the task then counts as corrupted when it is opened again,
 * and all its stores are wiped. No issue was found upstream for this.
 *
 * <p>Remove when an empty window store keeps its offset (KIP-892 may bring that); {@code AlwaysSegmentedWindowStoreTest} fails
 * then.
 */
public final class AlwaysSegmentedWindowStore extends WrappedStateStore<WindowStore<Bytes, byte[]>, Bytes, byte[]>
        implements WindowStore<Bytes, byte[]> {
    private static final Bytes NO_KEY = Bytes.wrap(new byte[0]);

    private AlwaysSegmentedWindowStore(WindowStore<Bytes, byte[]> store) {
        super(store);
    }

    /** Stores in RocksDB as of {@code Stores.persistentWindowStore}, each with at least one segment. */
    public static WindowBytesStoreSupplier supplier(String name, Duration retention, Duration windowSize) {
        return new RocksDbWindowBytesStoreSupplier(
                name,
                retention.toMillis(),
                retention.toMillis() / 2,
                windowSize.toMillis(),
                false,
                WindowStoreTypes.DEFAULT_WINDOW_STORE) {
            @Override
            public WindowStore<Bytes, byte[]> get() {
                return new AlwaysSegmentedWindowStore(super.get());
            }
        };
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        super.init(context, root);
        try (KeyValueIterator<Windowed<Bytes>, byte[]> windows = all()) {
            if (windows.hasNext()) {
                return;
            }
        }
        createSegment();
    }

    /** Deletes a window that does not exist, which creates its segment. */
    @SuppressWarnings("NullAway") // null deletes
    private void createSegment() {
        put(NO_KEY, null, 0);
    }

    @Override
    public void put(Bytes key, byte[] window, long time) {
        wrapped().put(key, window, time);
    }

    @Override
    public byte @Nullable [] fetch(Bytes key, long time) {
        return wrapped().fetch(key, time);
    }

    @Override
    public WindowStoreIterator<byte[]> fetch(Bytes key, long from, long to) {
        return wrapped().fetch(key, from, to);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(Bytes keyFrom, Bytes keyTo, long from, long to) {
        return wrapped().fetch(keyFrom, keyTo, from, to);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> all() {
        return wrapped().all();
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetchAll(long from, long to) {
        return wrapped().fetchAll(from, to);
    }
}
