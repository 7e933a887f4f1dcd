package dynoai.app.node;

import dynoai.automation.event.BindingStatus;
import dynoai.broker.BrokerHealth;
import dynoai.dashboard.Dashboard;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** All meters of a node: those of its process, its stages, its broker and Kafka Streams, each bound once and closed with it. */
public final class NodeMetrics implements AutoCloseable {
    /** Shorter than a scrape's usual interval: threads and tasks come and go, and their series with them. */
    private static final Duration LOOK_AT_STREAMS = Duration.ofSeconds(5);

    static final String LOOKER = "dynoai-streams-meters";

    private final ProcessMetrics process = new ProcessMetrics();
    private final MeterRegistry registry = process.registry();
    private final Listeners listeners;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(NodeMetrics::looker);
    private @Nullable KafkaStreamsMetrics streams;
    private @Nullable LagMonitor lag;

    /** @param data the node's own directory, whose file system's room is shown */
    public NodeMetrics(Path data) {
        File disk = data.toAbsolutePath().toFile();
        Gauge.builder("dynoai.node.disk.free.bytes", disk, File::getUsableSpace)
                .description("Room left where the node keeps its data")
                .strongReference(true)
                .register(registry);
        Gauge.builder("dynoai.node.disk.size.bytes", disk, File::getTotalSpace)
                .description("Size of the file system where the node keeps its data")
                .strongReference(true)
                .register(registry);
        this.listeners = new Listeners(
                new dynoai.ingest.stage.IngestMeters(registry, Clock.systemUTC()),
                new dynoai.analyzer.stream.AnalyzerMeters(registry),
                new dynoai.exporter.stage.ExporterMeters(registry));
    }

    /** The meters that hear of each stage. */
    public Listeners listeners() {
        return listeners;
    }

    /** Counts what a page shows and who looks. */
    void watch(Dashboard dashboard) {
        dynoai.dashboard.DashboardMeters.bind(dashboard, registry);
    }

    /** Watches a pipeline that has started; there is one in the life of a node. */
    public synchronized void watch(Pipeline pipeline, Map<String, Object> client) {
        if (lag != null) {
            throw new IllegalStateException("a pipeline is watched already");
        }
        Gauge.builder("dynoai.node.ready", pipeline, node -> node.isReady() ? 1 : 0)
                .description("1 when every stage of this process works")
                .strongReference(true)
                .register(registry);
        if (pipeline.streams().isPresent()) {
            KafkaStreams running = pipeline.streams().get();
            streams = new KafkaStreamsMetrics(running, Tags.empty(), looker, LOOK_AT_STREAMS);
            streams.bindTo(registry);
        }
        if (pipeline.brokerHealth().isPresent()) {
            broker(pipeline, "dynoai.broker.state", "3 while the broker of this process serves", BrokerHealth::state);
            broker(
                    pipeline,
                    "dynoai.broker.controllers.active",
                    "1 when the broker of this process leads its metadata",
                    BrokerHealth::activeControllers);
            broker(
                    pipeline,
                    "dynoai.broker.partitions.offline",
                    "Partitions that nobody can write to",
                    BrokerHealth::offlinePartitions);
            broker(
                    pipeline,
                    "dynoai.broker.directories.offline",
                    "Directories of the broker that failed",
                    BrokerHealth::offlineDirectories);
            broker(
                    pipeline,
                    "dynoai.broker.handlers.idle.ratio",
                    "Share of time in which the broker's request handlers wait",
                    BrokerHealth::handlersIdle);
        }
        lag = LagMonitor.start(client, registry);
    }

    private static Thread looker(Runnable work) {
        Thread thread = new Thread(work, LOOKER);
        thread.setDaemon(true);
        return thread;
    }

    private void broker(Pipeline pipeline, String name, String description, ToDoubleFunction<BrokerHealth> value) {
        Gauge.builder(
                        name,
                        pipeline,
                        node -> node.brokerHealth().map(value::applyAsDouble).orElse(0.0))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Counts the runs of each bound recipe, the earlier ones too. */
    public synchronized void watch(BoundRecipes recipes) {
        for (BindingStatus bound : recipes.status()) {
            ended(recipes, bound.recipe(), "ok", BindingStatus::succeeded);
            ended(recipes, bound.recipe(), "failed", BindingStatus::failed);
            Gauge.builder(
                            "dynoai.recipe.runs.waiting",
                            recipes,
                            all -> all.count(bound.recipe(), BindingStatus::waiting))
                    .description("Runs of a bound recipe that have not ended")
                    .tag("recipe", bound.recipe())
                    .strongReference(true)
                    .register(registry);
        }
    }

    private void ended(BoundRecipes recipes, String recipe, String outcome, ToLongFunction<BindingStatus> count) {
        FunctionCounter.builder("dynoai.recipe.runs.ended", recipes, all -> all.count(recipe, count))
                .description("Runs of a bound recipe that came to their end")
                .tag("recipe", recipe)
                .tag("outcome", outcome)
                .register(registry);
    }

    /** The metrics page in Prometheus' text format. */
    public String page() {
        return process.page();
    }

    @Override
    public synchronized void close() {
        if (lag != null) {
            lag.close();
        }
        looker.shutdownNow();
        if (streams != null) {
            streams.close();
        }
        process.close();
    }
}
