package dynoai.broker;

import com.yammer.metrics.core.MetricName;
import com.yammer.metrics.core.MetricsRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;

/**
 * How the broker of this process is, as it tells itself. A value that it does not tell
 * (yet) is 0.
 *
 * @param state 3 while it serves, less while it starts, more while it stops
 * @param activeControllers 1 when this node leads the metadata
 * @param offlinePartitions nobody can write to them
 * @param offlineDirectories directories that failed
 * @param handlersIdle share of time in which request handlers wait, 0 to 1
 */
public record BrokerHealth(
        int state, int activeControllers, int offlinePartitions, int offlineDirectories, double handlersIdle) {
    /** The state of a broker that serves. */
    public static final int SERVING = 3;

    private static final String STATE = "BrokerState";

    /**
     * To be called before a broker starts: the state of one that ran in this process before, or that did not get its port,
     * would be taken for the new one's.
     */
    static void forgetEarlierBroker() {
        MetricsRegistry registry = KafkaYammerMetrics.defaultRegistry();
        for (MetricName name : List.copyOf(registry.allMetrics().keySet())) {
            if (name.getName().equals(STATE)) {
                registry.removeMetric(name);
            }
        }
    }

    static BrokerHealth ofThisProcess() {
        return new BrokerHealth(
                (int) value("kafka.server:type=KafkaServer,name=" + STATE, "Value"),
                (int) value("kafka.controller:type=KafkaController,name=ActiveControllerCount", "Value"),
                (int) value("kafka.controller:type=KafkaController,name=OfflinePartitionsCount", "Value"),
                (int) value("kafka.log:type=LogManager,name=OfflineLogDirectoryCount", "Value"),
                value("kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent", "OneMinuteRate"));
    }

    private static double value(String bean, String attribute) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            return beans.getAttribute(new ObjectName(bean), attribute) instanceof Number number
                    ? number.doubleValue()
                    : 0;
        } catch (JMException notThere) {
            return 0;
        }
    }
}
