package dynoai.analyzer.stream.internal;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * An empty state store that runs an action before each commit.
 *
 * <p>Kafka Streams has no public callback for that (no KIP found). It calls {@link CachedStateStore#flushCache} while it
 * prepares a commit, before it sends the last changelog records (KAFKA-9450); {@code StateStore.commit} (KIP-1035) comes too
 * late for those.
 *
 * <p>Remove when {@code Processor} or {@code ProcessorContext} offers a callback before a commit; {@code PreCommitHookStoreTest}
 * fails then.
 */
public final class PreCommitHookStore implements StateStore, CachedStateStore<Object, Object> {
    private final String name;
    private @Nullable Runnable action;
    private boolean open;

    private PreCommitHookStore(String name) {
        this.name = name;
    }

    /** Builds one store per task, without a cache and without a changelog. */
    public static StoreBuilder<PreCommitHookStore> builder(String name) {
        return new Builder(name);
    }

    /** Sets the action. It outlives the processor, since the last records of a task are committed after its close. */
    public void beforeCommit(Runnable given) {
        action = given;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        action = null;
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void flushCache() {
        if (action != null) {
            action.run();
        }
    }

    @Override
    public void clearCache() {}

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void close() {
        action = null;
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

    private record Builder(String name) implements StoreBuilder<PreCommitHookStore> {
        @Override
        public PreCommitHookStore build() {
            return new PreCommitHookStore(name);
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public Builder withCachingEnabled() {
            return this;
        }

        @Override
        public Builder withCachingDisabled() {
            return this;
        }

        @Override
        public Builder withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public Builder withLoggingDisabled() {
            return this;
        }
    }
}
