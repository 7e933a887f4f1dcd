package dynoai.broker;

import static org.awaitility.Awaitility.await;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** A Kafka cluster of three brokers, each a process, which can be killed or stopped like any other. */
public final class ThreeBrokers implements AutoCloseable {
    public static final int SIZE = 3;

    private static final Duration MAX_WAIT = Duration.ofSeconds(120);

    private final Path folder;
    private final List<String> ports;
    private final List<@Nullable Process> brokers = new ArrayList<>(Collections.nCopies(SIZE, null));

    private ThreeBrokers(Path folder, List<String> ports) {
        this.folder = folder;
        this.ports = ports;
    }

    /** Starts all three and creates the topics. */
    public static ThreeBrokers start(Path folder, TopicLayout layout) throws Exception {
        ThreeBrokers cluster = new ThreeBrokers(Files.createDirectories(folder), freePorts());
        for (int broker = 0; broker < SIZE; broker++) {
            cluster.start(broker);
        }
        try (Admin admin = Admin.create(cluster.client())) {
            await().atMost(MAX_WAIT)
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster().nodes().get().size() == SIZE);
            TopicAdmin topics = new TopicAdmin(admin, layout, Namespace.DEFAULT);
            topics.create();
            await().atMost(MAX_WAIT)
                    .ignoreExceptions()
                    .until(() -> topics.check().isEmpty());
        }
        return cluster;
    }

    /** Two for each broker, all different. */
    private static List<String> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 2 * SIZE; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<String> ports = new ArrayList<>();
        for (ServerSocket socket : sockets) {
            ports.add(Integer.toString(socket.getLocalPort()));
            socket.close();
        }
        return ports;
    }

    public Map<String, Object> client() {
        return Map.of(
                "bootstrap.servers",
                IntStream.range(0, SIZE)
                        .mapToObj(broker -> "127.0.0.1:" + ports.get(broker))
                        .collect(Collectors.joining(",")));
    }

    /** Starts a broker that does not run. */
    public void start(int broker) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + ChildMain.PARENT + "=" + ProcessHandle.current().pid(),
                ChildMain.class.getName(),
                ClusterMember.class.getName(),
                Integer.toString(broker),
                folder.resolve("broker-" + broker).toString()));
        command.addAll(ports);
        brokers.set(
                broker,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                folder.resolve("broker-" + broker + ".txt").toFile()))
                        .start());
    }

    /** Sends SIGKILL, and waits for the end. */
    public void kill(int broker) {
        @Nullable Process running = brokers.get(broker);
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    public long pid(int broker) {
        @Nullable Process running = brokers.get(broker);
        return running == null ? 0 : running.pid();
    }

    @Override
    public void close() {
        for (int broker = 0; broker < SIZE; broker++) {
            kill(broker);
        }
    }
}
