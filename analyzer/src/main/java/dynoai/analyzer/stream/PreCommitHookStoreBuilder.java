package dynoai.analyzer.stream;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes a {@link PreCommitHookStore} for each task. There is nothing to cache or to back up. */
final class PreCommitHookStoreBuilder implements StoreBuilder<PreCommitHookStore> {
    @Override
    public PreCommitHookStore build() {
        return new PreCommitHookStore();
    }

    @Override
    public String name() {
        return RunAnalysisTopology.BEFORE_COMMIT;
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
    public StoreBuilder<PreCommitHookStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<PreCommitHookStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<PreCommitHookStore> withLoggingEnabled(Map<String, String> config) {
        return this;
    }

    @Override
    public StoreBuilder<PreCommitHookStore> withLoggingDisabled() {
        return this;
    }
}
