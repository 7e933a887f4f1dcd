package dynoai.broker;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One broker, which is also a controller, of {@link ThreeBrokers} as a process. */
final class ClusterMember {
    private static final String CLUSTER = "AAAAAAAAAAAAAAAAAAAAAA";

    private ClusterMember() {}

    /** @param arguments the number of the broker, its folder, then the ports of all brokers and of all controllers */
    public static void main(String[] arguments) throws Exception {
        int number = Integer.parseInt(arguments[0]);
        Path data = Path.of(arguments[1]);
        List<String> ports = Stream.of(arguments).skip(2).toList();
        if (!Files.exists(data.resolve("meta.properties"))) {
            new Formatter()
                    .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, "UTF-8"))
                    .setNodeId(number)
                    .setClusterId(CLUSTER)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        }
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties(number, data, ports), false), Time.SYSTEM);
        server.startup();
        server.awaitShutdown();
    }

    private static Properties properties(int number, Path data, List<String> ports) {
        int size = ports.size() / 2;
        String voters = IntStream.range(0, size)
                .mapToObj(one -> one + "@127.0.0.1:" + ports.get(size + one))
                .collect(Collectors.joining(","));
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(number));
        settings.setProperty("controller.quorum.voters", voters);
        settings.setProperty(
                "listeners",
                "BROKER://127.0.0.1:" + ports.get(number) + ",CONTROLLER://127.0.0.1:" + ports.get(size + number));
        settings.setProperty("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", "BROKER");
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("log.dirs", data.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("default.replication.factor", "3");
        settings.setProperty("offsets.topic.num.partitions", "6");
        settings.setProperty("transaction.state.log.num.partitions", "6");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("broker.session.timeout.ms", "6000");
        settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.setProperty("num.io.threads", "2");
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("log.cleaner.threads", "1");
        settings.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
        settings.setProperty("log.index.size.max.bytes", "1048576");
        return settings;
    }
}
