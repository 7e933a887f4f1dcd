package dynoai.app.node;

import dynoai.automation.event.BindingStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** All meters of a process: those of its stages, of the JVM and of Kafka Streams, each bound once and closed with it. */
public final class NodeMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Listeners listeners;
    private @Nullable KafkaStreamsMetrics streams;
    private @Nullable LagWatch lag;

    /** @param data the node's own directory, whose file system's room is shown */
    public NodeMetrics(Path data) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
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
                new dynoai.ingest.stage.Meters(registry, Clock.systemUTC()),
                new dynoai.analyzer.stream.Meters(registry),
                new dynoai.exporter.stage.Meters(registry));
    }

    /** The meters that hear of each stage. */
    public Listeners listeners() {
        return listeners;
    }

    /** Watches a pipeline that has started. */
    public synchronized void watch(Pipeline pipeline, Map<String, Object> client) {
        Gauge.builder("dynoai.node.ready", pipeline, node -> node.isReady() ? 1 : 0)
                .description("1 when every stage of this process works")
                .strongReference(true)
                .register(registry);
        if (pipeline.streams().isPresent()) {
            KafkaStreams running = pipeline.streams().get();
            streams = new KafkaStreamsMetrics(running);
            streams.bindTo(registry);
        }
        lag = LagWatch.start(client, registry);
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
        return registry.scrape();
    }

    @Override
    public synchronized void close() {
        if (lag != null) {
            lag.close();
        }
        if (streams != null) {
            streams.close();
        }
        collections.close();
        registry.close();
    }
}
