package dynoai.analyzer.stream;

import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that holds nothing: Kafka Streams has its caches flushed right before it ends a transaction, and this passes that
 * on, so that what a task knows can be written to its real stores once for each transaction.
 */
final class PreCommitHookStore implements StateStore, CachedStateStore<Object, Object> {
    private @Nullable Runnable writing;
    private boolean open;

    /** What is to be done before each commit from now on, even once the processor was closed: its last records count too. */
    void run(Runnable given) {
        writing = given;
    }

    @Override
    public String name() {
        return RunAnalysisTopology.BEFORE_COMMIT;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        writing = null;
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void flushCache() {
        if (writing != null) {
            writing.run();
        }
    }

    /** There is nothing that could be forgotten here. */
    @Override
    public void clearCache() {}

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void close() {
        writing = null;
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
