package dynoai.app.node;

import dynoai.schemas.meter.ShopTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meters of a process and its JVM, and the registry for others. */
public final class ProcessMetrics implements AutoCloseable {
    private static final String NAN_VALUE = " NaN";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public ProcessMetrics() {
        registry.config().meterFilter(ShopTag.limit());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /**
     * Returns the metrics in Prometheus' text format. Kafka's averages without samples are left out here, because a meter
     * filter decides before a meter has a value.
     */
    public String page() {
        StringBuilder page = new StringBuilder();
        registry.scrape()
                .lines()
                .filter(line -> !line.endsWith(NAN_VALUE))
                .forEach(line -> page.append(line).append('\n'));
        return page.toString();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
