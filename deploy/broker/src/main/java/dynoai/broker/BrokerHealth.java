package dynoai.broker;

import dynoai.broker.internal.BrokerMetrics;

/**
 * The health of the broker in this process. A value that the broker does not report yet is 0.
 *
 * @param state {@link #SERVING} while it serves, less while it starts, more while it stops
 * @param activeControllers 1 when this node is the active controller
 * @param offlinePartitions partitions without a leader
 * @param offlineDirectories log directories that failed
 * @param handlersIdle share of time in which request handlers are idle, 0 to 1
 */
public record BrokerHealth(
        int state, int activeControllers, int offlinePartitions, int offlineDirectories, double handlersIdle) {
    /** The state of a broker that serves. */
    public static final int SERVING = 3;

    static BrokerHealth ofThisProcess() {
        return new BrokerHealth(
                (int) BrokerMetrics.STATE.value(),
                (int) BrokerMetrics.ACTIVE_CONTROLLERS.value(),
                (int) BrokerMetrics.OFFLINE_PARTITIONS.value(),
                (int) BrokerMetrics.OFFLINE_DIRECTORIES.value(),
                BrokerMetrics.HANDLERS_IDLE.value());
    }
}
