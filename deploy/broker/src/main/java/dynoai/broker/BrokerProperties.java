package dynoai.broker;

import dynoai.broker.internal.JaasScramCredentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** The broker's settings: one small node on loopback with a fast recovery after a kill. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String BROKER_LISTENER = "BROKER";
    private static final int YEAR_MINUTES = 365 * 24 * 60;
    private static final int MIB = 1024 * 1024;

    private BrokerProperties() {}

    static Properties of(Path kafka, Ports ports, BrokerClient client) {
        Properties settings = new Properties();
        set(settings, "process.roles", "broker,controller");
        set(settings, "node.id", NODE_ID);
        set(settings, "controller.quorum.voters", NODE_ID + "@127.0.0.1:" + ports.controller());
        set(
                settings,
                "listeners",
                listener(BROKER_LISTENER, ports.broker()) + "," + listener(CONTROLLER_LISTENER, ports.controller()));
        set(settings, "advertised.listeners", listener(BROKER_LISTENER, ports.broker()));
        set(settings, "inter.broker.listener.name", BROKER_LISTENER);
        set(settings, "controller.listener.names", CONTROLLER_LISTENER);
        set(settings, "log.dirs", kafka);
        set(settings, "auto.create.topics.enable", false);
        addAuthentication(settings, client);
        addInternalTopics(settings);
        addSizes(settings);
        addRecovery(settings);
        return settings;
    }

    private static String listener(String name, int port) {
        return name + "://127.0.0.1:" + port;
    }

    /** Every user of the machine can reach the ports, so both listeners ask for the secret. */
    private static void addAuthentication(Properties settings, BrokerClient client) {
        set(
                settings,
                "listener.security.protocol.map",
                BROKER_LISTENER + ":" + BrokerClient.PROTOCOL + "," + CONTROLLER_LISTENER + ":"
                        + BrokerClient.PROTOCOL);
        set(settings, "sasl.enabled.mechanisms", BrokerClient.MECHANISM);
        set(settings, "sasl.mechanism.inter.broker.protocol", BrokerClient.MECHANISM);
        set(settings, "sasl.mechanism.controller.protocol", BrokerClient.MECHANISM);
        for (String listener : List.of(BROKER_LISTENER, CONTROLLER_LISTENER)) {
            String prefix =
                    ("listener.name." + listener + "." + BrokerClient.MECHANISM + ".sasl.").toLowerCase(Locale.ROOT);
            set(settings, prefix + "jaas.config", client.jaas());
            set(settings, prefix + "server.callback.handler.class", JaasScramCredentials.class.getName());
        }
    }

    private static void addInternalTopics(Properties settings) {
        set(settings, "default.replication.factor", 1);
        set(settings, "min.insync.replicas", 1);
        set(settings, "offsets.topic.replication.factor", 1);
        set(settings, "offsets.topic.num.partitions", 4);
        set(settings, "transaction.state.log.replication.factor", 1);
        set(settings, "transaction.state.log.min.isr", 1);
        set(settings, "transaction.state.log.num.partitions", 4);
        set(settings, "share.coordinator.state.topic.replication.factor", 1);
        set(settings, "share.coordinator.state.topic.min.isr", 1);
        // A shop may be closed for weeks.
        set(settings, "offsets.retention.minutes", YEAR_MINUTES);
    }

    private static void addSizes(Properties settings) {
        set(settings, "num.network.threads", 2);
        set(settings, "num.io.threads", 4);
        set(settings, "background.threads", 2);
        set(settings, "log.cleaner.threads", 1);
        set(settings, "log.cleaner.dedupe.buffer.size", 8 * MIB);
        set(settings, "log.cleaner.io.buffer.size", MIB / 4);
        set(settings, "log.segment.bytes", 64 * MIB);
        set(settings, "offsets.topic.segment.bytes", 16 * MIB);
        set(settings, "transaction.state.log.segment.bytes", 16 * MIB);
        set(settings, "log.index.size.max.bytes", MIB);
    }

    private static void addRecovery(Properties settings) {
        set(settings, "group.initial.rebalance.delay.ms", 0);
        set(settings, "group.min.session.timeout.ms", 1000);
        // No other broker can take over. Fencing a broker that is slow on a busy machine would lose transaction
        // markers.
        set(settings, "broker.session.timeout.ms", 60_000);
        set(settings, "broker.heartbeat.interval.ms", 500);
        set(settings, "transaction.abort.timed.out.transaction.cleanup.interval.ms", 500);
        set(settings, "initial.broker.registration.timeout.ms", 30_000);
    }

    private static void set(Properties settings, String key, Object value) {
        settings.setProperty(key, value.toString());
    }
}
