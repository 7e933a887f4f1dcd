package dynoai.broker;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

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

    static BrokerHealth ofThisProcess() {
        return new BrokerHealth(
                (int) value("kafka.server:type=KafkaServer,name=BrokerState", "Value"),
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
