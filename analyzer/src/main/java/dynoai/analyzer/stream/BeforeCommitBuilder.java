package dynoai.analyzer.stream;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes a {@link BeforeCommit} for each task. There is nothing to cache or to back up. */
final class BeforeCommitBuilder implements StoreBuilder<BeforeCommit> {
    @Override
    public BeforeCommit build() {
        return new BeforeCommit();
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
    public StoreBuilder<BeforeCommit> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withLoggingEnabled(Map<String, String> config) {
        return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withLoggingDisabled() {
        return this;
    }
}
