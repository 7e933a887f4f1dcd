package dynoai.broker;

import static org.awaitility.Awaitility.await;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka cluster of three brokers, each a process with a controller in it, which can be killed or stopped like any other. A
 * client may have a listener of its own at each broker, so that its network can fail alone.
 */
public final class ThreeBrokers implements AutoCloseable {
    public static final int SIZE = 3;

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final String INNER = "INNER";

    private final Path folder;
    private final String id = Uuid.randomUuid().toString();
    private final List<Integer> inner;
    private final List<Integer> controllers;
    private final List<ChildProcess> brokers = new ArrayList<>();

    private ThreeBrokers(Path folder, List<Integer> inner, List<Integer> controllers) {
        this.folder = folder;
        this.inner = inner;
        this.controllers = controllers;
    }

    /** The network between a client and a broker. */
    public interface Network {
        /** Returns the port that the client uses for one of a broker. */
        int portTo(String client, int broker, int port) throws IOException;
    }

    /** Starts all three and creates the topics. */
    public static ThreeBrokers start(Path folder, TopicLayout layout) throws Exception {
        return start(folder, layout, List.of(), (client, broker, port) -> port);
    }

    /**
     * Starts all three and creates the topics.
     *
     * @param clients the names of the clients that have listeners of their own
     */
    public static ThreeBrokers start(Path folder, TopicLayout layout, List<String> clients, Network network)
            throws Exception {
        List<Integer> ports = FreePorts.distinct(SIZE * (2 + clients.size()));
        ThreeBrokers cluster = new ThreeBrokers(
                Files.createDirectories(folder), ports.subList(0, SIZE), ports.subList(SIZE, 2 * SIZE));
        try {
            for (int broker = 0; broker < SIZE; broker++) {
                int first = 2 * SIZE + broker * clients.size();
                cluster.configure(broker, clients, ports.subList(first, first + clients.size()), network);
                cluster.brokers.add(cluster.process(broker));
            }
            for (ChildProcess broker : cluster.brokers) {
                await().atMost(MAX_WAIT).until(() -> broker.said().contains(ClusterBroker.READY));
            }
            cluster.createTopics(layout);
            return cluster;
        } catch (Exception | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void createTopics(TopicLayout layout) throws Exception {
        try (Admin admin = Admin.create(client())) {
            await().atMost(MAX_WAIT)
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster().nodes().get().size() == SIZE);
            TopicAdmin topics = new TopicAdmin(admin, layout, Namespace.DEFAULT);
            topics.create();
            await().atMost(MAX_WAIT)
                    .ignoreExceptions()
                    .until(() -> topics.check().isEmpty());
        }
    }

    private void configure(int broker, List<String> clients, List<Integer> ports, Network network) throws IOException {
        List<String> listeners = new ArrayList<>();
        List<String> advertised = new ArrayList<>();
        listeners.add(listener(INNER, inner.get(broker)));
        advertised.add(listener(INNER, inner.get(broker)));
        for (int i = 0; i < clients.size(); i++) {
            String client = clients.get(i);
            listeners.add(listener(client, ports.get(i)));
            advertised.add(listener(client, network.portTo(client, broker, ports.get(i))));
        }
        listeners.add(listener("CONTROLLER", controllers.get(broker)));
        Files.writeString(properties(broker), """
                process.roles=broker,controller
                node.id=%d
                controller.quorum.voters=%s
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=%s
                listeners=%s
                advertised.listeners=%s
                listener.security.protocol.map=%s
                log.dirs=%s
                auto.create.topics.enable=false
                default.replication.factor=3
                offsets.topic.num.partitions=6
                transaction.state.log.num.partitions=6
                group.initial.rebalance.delay.ms=0
                broker.session.timeout.ms=4000
                broker.heartbeat.interval.ms=500
                transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
                num.io.threads=2
                num.network.threads=1
                log.cleaner.threads=1
                log.cleaner.dedupe.buffer.size=8388608
                log.index.size.max.bytes=1048576
                """.formatted(
                        broker,
                        IntStream.range(0, SIZE)
                                .mapToObj(voter -> voter + "@127.0.0.1:" + controllers.get(voter))
                                .collect(Collectors.joining(",")),
                        INNER,
                        String.join(",", listeners),
                        String.join(",", advertised),
                        listeners.stream()
                                .map(listener -> listener.substring(0, listener.indexOf(':')) + ":PLAINTEXT")
                                .collect(Collectors.joining(",")),
                        folder.resolve("broker-" + broker)));
    }

    private static String listener(String client, int port) {
        return client.toUpperCase(Locale.ROOT).replace('-', '_') + "://127.0.0.1:" + port;
    }

    private Path properties(int broker) {
        return folder.resolve("broker-" + broker + ".properties");
    }

    private ChildProcess process(int broker) throws IOException {
        return ChildProcess.start(
                folder,
                ClusterBroker.class.getName(),
                List.of(properties(broker).toString(), id));
    }

    /** Returns the properties of a client whose network does not fail. */
    public Map<String, Object> client() {
        return Map.of("bootstrap.servers", bootstrap());
    }

    /** Returns the bootstrap servers for a client whose network does not fail. */
    public String bootstrap() {
        return inner.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    public ChildProcess get(int broker) {
        return brokers.get(broker);
    }

    /** Starts a broker that does not run. */
    public ChildProcess start(int broker) throws IOException {
        ChildProcess started = process(broker);
        brokers.set(broker, started);
        return started;
    }

    /** Sends SIGKILL, and waits for the end. */
    public void kill(int broker) {
        brokers.get(broker).kill();
    }

    @Override
    public void close() {
        brokers.forEach(ChildProcess::kill);
    }
}
