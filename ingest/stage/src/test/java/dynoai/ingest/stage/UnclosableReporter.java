package dynoai.ingest.stage;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/** A reporter whose client fails to close: Kafka catches exceptions of a reporter, but no errors. */
public final class UnclosableReporter implements MetricsReporter {
    /** Calls of {@link #close} of all reporters. */
    static final AtomicInteger closed = new AtomicInteger();

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void configure(Map<String, ?> properties) {}

    @Override
    public void close() {
        closed.incrementAndGet();
        throw new LinkageError("a class of the reporter is gone");
    }
}
