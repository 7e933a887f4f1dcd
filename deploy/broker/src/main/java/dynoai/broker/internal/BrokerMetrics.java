package dynoai.broker.internal;

import com.yammer.metrics.core.MetricName;
import com.yammer.metrics.core.MetricsRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;

/**
 * The gauges of the broker in this process, read from Kafka's MBeans.
 *
 * <p>Kafka registers them with the Yammer library and keeps the state of a stopped broker (see KAFKA-15129 for others), so
 * {@link #removeState} must be called before a start.
 *
 * <p>Remove {@link #removeState} when a stopped broker removes its gauges, and rename the beans when Kafka moves them (KIP-1301
 * does so for others); {@code BrokerMetricsTest} fails in either case.
 */
public enum BrokerMetrics {
    STATE("kafka.server:type=KafkaServer,name=BrokerState", "Value"),
    ACTIVE_CONTROLLERS("kafka.controller:type=KafkaController,name=ActiveControllerCount", "Value"),
    OFFLINE_PARTITIONS("kafka.controller:type=KafkaController,name=OfflinePartitionsCount", "Value"),
    OFFLINE_DIRECTORIES("kafka.log:type=LogManager,name=OfflineLogDirectoryCount", "Value"),
    HANDLERS_IDLE("kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent", "OneMinuteRate");

    final String bean;
    private final String attribute;

    BrokerMetrics(String bean, String attribute) {
        this.bean = bean;
        this.attribute = attribute;
    }

    /** Returns the value, or 0 before the broker reports one. */
    public double value() {
        try {
            Object value = ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), attribute);
            return value instanceof Number number ? number.doubleValue() : 0;
        } catch (JMException e) {
            return 0;
        }
    }

    /** Removes the state of a broker that ran in this process before, or that failed to start. */
    public static void removeState() {
        MetricsRegistry registry = KafkaYammerMetrics.defaultRegistry();
        for (MetricName name : List.copyOf(registry.allMetrics().keySet())) {
            if (name.getName().equals("BrokerState")) {
                registry.removeMetric(name);
            }
        }
    }
}
