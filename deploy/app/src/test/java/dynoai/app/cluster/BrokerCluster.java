package dynoai.app.cluster;

import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.app.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** Three brokers as processes, each with the controller in it. Every client has a listener of its own, and a {@link Link} to each broker. */
final class BrokerCluster implements AutoCloseable {
    static final int BROKERS = 3;
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final String INNER = "INNER";

    private final Path folder;
    private final String id = Uuid.randomUuid().toString();
    /** By broker, then by client. */
    private final List<Map<String, Link>> links = new ArrayList<>();

    private final List<Member> members = new ArrayList<>();
    private final List<Integer> inner;

    private BrokerCluster(Path folder, List<Integer> inner) {
        this.folder = folder;
        this.inner = inner;
    }

    /** @param clients the names of the clients that have links */
    static BrokerCluster start(Path folder, List<String> clients) throws IOException {
        List<Integer> inner = FreePorts.distinct(BROKERS * (2 + clients.size()));
        BrokerCluster cluster = new BrokerCluster(folder, inner.subList(0, BROKERS));
        List<Integer> controllers = inner.subList(BROKERS, 2 * BROKERS);
        for (int broker = 0; broker < BROKERS; broker++) {
            int first = 2 * BROKERS + broker * clients.size();
            cluster.configure(broker, controllers, clients, inner.subList(first, first + clients.size()));
            cluster.start(broker);
        }
        for (Member member : cluster.members) {
            await().atMost(MAX_WAIT).until(member::isReady);
        }
        return cluster;
    }

    private void configure(int broker, List<Integer> controllers, List<String> clients, List<Integer> ports)
            throws IOException {
        Map<String, Link> own = new LinkedHashMap<>();
        List<String> listeners = new ArrayList<>();
        List<String> advertised = new ArrayList<>();
        listeners.add(listener(INNER, inner.get(broker)));
        advertised.add(listener(INNER, inner.get(broker)));
        for (int client = 0; client < clients.size(); client++) {
            Link link = new Link(ports.get(client));
            own.put(clients.get(client), link);
            listeners.add(listener(clients.get(client), ports.get(client)));
            advertised.add(listener(clients.get(client), link.port()));
        }
        links.add(own);
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
                offsets.topic.num.partitions=6
                transaction.state.log.num.partitions=6
                num.network.threads=1
                num.io.threads=4
                log.cleaner.dedupe.buffer.size=8388608
                group.initial.rebalance.delay.ms=500
                broker.session.timeout.ms=4000
                broker.heartbeat.interval.ms=500
                """.formatted(
                        broker + 1,
                        IntStream.range(0, BROKERS)
                                .mapToObj(voter -> (voter + 1) + "@127.0.0.1:" + controllers.get(voter))
                                .collect(Collectors.joining(",")),
                        INNER,
                        String.join(",", listeners),
                        String.join(",", advertised),
                        listeners.stream()
                                .map(listener -> listener.substring(0, listener.indexOf(':')) + ":PLAINTEXT")
                                .collect(Collectors.joining(",")),
                        folder.resolve(name(broker))));
    }

    private static String listener(String client, int port) {
        return client.toUpperCase(Locale.ROOT).replace('-', '_') + "://127.0.0.1:" + port;
    }

    private Path properties(int broker) {
        return folder.resolve(name(broker) + ".properties");
    }

    private static String name(int broker) {
        return "broker-" + (broker + 1);
    }

    private void start(int broker) throws IOException {
        List<String> arguments = List.of(properties(broker).toString(), id);
        members.add(new Member(
                name(broker),
                ClusterBroker.READY,
                () -> CommandProcess.start(folder, ClusterBroker.class.getName(), arguments),
                List.copyOf(links.get(broker).values())));
    }

    List<Member> members() {
        return members;
    }

    /** Returns the bootstrap servers, past every link. */
    String bootstrap() {
        return inner.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** Returns the bootstrap servers of a client with links. */
    String bootstrap(String client) {
        return linksOf(client).stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
    }

    List<Link> linksOf(String client) {
        return links.stream().map(own -> own.get(client)).toList();
    }

    @Override
    public void close() throws IOException {
        members.forEach(Member::close);
        for (Map<String, Link> own : links) {
            for (Link link : own.values()) {
                link.close();
            }
        }
    }
}
