package dynoai.app.node;

import dynoai.automation.event.BindingStatus;
import dynoai.broker.BrokerHealth;
import dynoai.dashboard.Dashboard;
import dynoai.schemas.kafka.KafkaClients;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** The meters of a node: of its process, stages, broker and Kafka Streams. */
public final class NodeMetrics implements AutoCloseable {
    /** Shorter than a usual scrape interval, so that series follow threads and tasks. */
    private static final Duration STREAMS_REFRESH = Duration.ofSeconds(5);

    static final String REFRESH_THREAD = "dynoai-streams-meters";

    private final ProcessMetrics process = new ProcessMetrics();
    private final MeterRegistry registry = process.registry();
    private final Listeners listeners;
    private final ScheduledExecutorService refresher =
            Executors.newSingleThreadScheduledExecutor(NodeMetrics::refresher);
    private @Nullable KafkaStreamsMetrics streams;
    private @Nullable LagMonitor lag;

    /** @param data the node's own directory, whose file system is measured */
    public NodeMetrics(Path data) {
        File disk = data.toAbsolutePath().toFile();
        Gauge.builder("dynoai.node.disk.free.bytes", disk, File::getUsableSpace)
                .description("Free space on the file system of the data directory")
                .strongReference(true)
                .register(registry);
        Gauge.builder("dynoai.node.disk.size.bytes", disk, File::getTotalSpace)
                .description("Size of the file system of the data directory")
                .strongReference(true)
                .register(registry);
        this.listeners = new Listeners(
                new dynoai.ingest.stage.IngestMeters(registry, Clock.systemUTC()),
                new dynoai.analyzer.stream.AnalyzerMeters(registry),
                new dynoai.exporter.stage.ExporterMeters(registry),
                new dynoai.intake.event.IntakeMeters(registry));
    }

    /** The meters as listeners of the stages. */
    public Listeners listeners() {
        return listeners;
    }

    /** Adds the meters of a page. */
    void watch(Dashboard dashboard) {
        dynoai.dashboard.DashboardMeters.bind(dashboard, registry);
    }

    /** Adds the meters of the node's pipeline. */
    public synchronized void watch(Pipeline pipeline, KafkaClients clients) {
        if (lag != null) {
            throw new IllegalStateException("the meters already have a pipeline");
        }
        Gauge.builder("dynoai.node.ready", pipeline, node -> node.isReady() ? 1 : 0)
                .description("1 if every stage of this process is ready")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "dynoai.dead.letters",
                        pipeline,
                        node -> node.deadLetters().count())
                .description("Records whose schema is unknown, waiting for dynoai topics replay-dead")
                .strongReference(true)
                .register(registry);
        if (pipeline.streams().isPresent()) {
            KafkaStreams running = pipeline.streams().get();
            streams = new KafkaStreamsMetrics(running, Tags.empty(), refresher, STREAMS_REFRESH);
            streams.bindTo(registry);
        }
        if (pipeline.brokerHealth().isPresent()) {
            broker(pipeline, "dynoai.broker.state", "3 while the embedded broker is running", BrokerHealth::state);
            broker(
                    pipeline,
                    "dynoai.broker.controllers.active",
                    "1 if the embedded broker is the active controller",
                    BrokerHealth::activeControllers);
            broker(
                    pipeline,
                    "dynoai.broker.partitions.offline",
                    "Partitions without a leader",
                    BrokerHealth::offlinePartitions);
            broker(
                    pipeline,
                    "dynoai.broker.directories.offline",
                    "Failed log directories of the broker",
                    BrokerHealth::offlineDirectories);
            broker(
                    pipeline,
                    "dynoai.broker.handlers.idle.ratio",
                    "Share of time the broker's request handlers are idle",
                    BrokerHealth::handlersIdle);
        }
        lag = LagMonitor.start(clients, registry);
    }

    private static Thread refresher(Runnable work) {
        Thread thread = new Thread(work, REFRESH_THREAD);
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

    /** Adds the meters of each bound recipe, including earlier runs. */
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
                .description("Runs of a bound recipe that have ended")
                .tag("recipe", recipe)
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Returns the metrics in Prometheus' text format. */
    public String page() {
        return process.page();
    }

    @Override
    public synchronized void close() {
        if (lag != null) {
            lag.close();
        }
        refresher.shutdownNow();
        if (streams != null) {
            streams.close();
        }
        process.close();
    }
}
