package dynoai.analyzer.stream;

import dynoai.analyzer.stream.internal.AlwaysSegmentedWindowStore;
import dynoai.analyzer.stream.internal.PreCommitHookStore;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The topology from the run log to grids: one processor without repartitioning, since one partition holds a run.
 *
 * <pre>
 *   dynoai.run-log.v1 ─▶ read-run-log ─▶ fold-rows-into-run ─▶ write-run-grids ─▶ dynoai.run-grids.v1
 *                                          │  │  │
 *                              run-aggregate  │  run-windows
 *                                       run-errors
 * </pre>
 *
 * A record whose schema is unknown goes to the topic of dead letters.
 */
public final class RunAnalysisTopology implements Supplier<Topology> {
    static final String SOURCE = "read-run-log";
    static final String PROCESSOR = "fold-rows-into-run";
    static final String SINK = "write-run-grids";
    static final String DEAD_LETTERS = "write-dead-letters";

    /** A run's sums and progress, rewritten in every transaction. */
    static final String AGGREGATES = "run-aggregate";

    /** A run's distinct AFR errors, appended in every transaction; read and deleted when the run ends. */
    static final String ERRORS = "run-errors";

    /** A run's timeline, one window per ten seconds of log time. */
    static final String WINDOWS = "run-windows";

    /** Writes the other stores before each commit. */
    static final String BEFORE_COMMIT = "before-commit";

    /** Far longer than any replay: the run log keeps three days. */
    static final Duration WINDOW_RETENTION = Duration.ofDays(14);

    private static final Duration WINDOW_SIZE = Duration.ofMillis(1);

    private final Namespace namespace;
    private final WriterSchemas schemas;
    private final AnalyzerEvents events;
    private final Map<String, String> changelogs;

    /**
     * @param schemas finds the schemas of other versions
     * @param changelogs topic settings of the changelogs
     */
    public RunAnalysisTopology(
            Namespace namespace, WriterSchemas schemas, AnalyzerEvents events, Map<String, String> changelogs) {
        this.namespace = namespace;
        this.schemas = schemas;
        this.events = events;
        this.changelogs = Map.copyOf(changelogs);
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        topology.addSource(
                SOURCE,
                Topic.keySerde().deserializer(),
                Topics.RUN_LOG.rawDeserializer(),
                Topics.RUN_LOG.in(namespace));
        topology.addProcessor(
                PROCESSOR,
                () -> new FoldRowsIntoRun(Topics.RUN_LOG.decoder(schemas).reusingBlocks(), events),
                SOURCE);
        topology.addStateStore(aggregates(), PROCESSOR);
        topology.addStateStore(errors(), PROCESSOR);
        topology.addStateStore(windows(), PROCESSOR);
        topology.addStateStore(PreCommitHookStore.builder(BEFORE_COMMIT), PROCESSOR);
        topology.addSink(
                SINK,
                Topics.RUN_GRIDS.in(namespace),
                Topic.keySerde().serializer(),
                Serdes.ByteArray().serializer(),
                PROCESSOR);
        topology.addSink(
                DEAD_LETTERS,
                Topics.deadLetters(namespace),
                Topic.keySerde().serializer(),
                Serdes.ByteArray().serializer(),
                PROCESSOR);
        return topology;
    }

    private StoreBuilder<KeyValueStore<String, byte[]>> aggregates() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(AGGREGATES), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(changelogs);
    }

    private StoreBuilder<KeyValueStore<Bytes, byte[]>> errors() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(ERRORS), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(changelogs);
    }

    private StoreBuilder<WindowStore<String, byte[]>> windows() {
        return Stores.windowStoreBuilder(
                        AlwaysSegmentedWindowStore.supplier(WINDOWS, WINDOW_RETENTION, WINDOW_SIZE),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingEnabled(changelogs);
    }
}
