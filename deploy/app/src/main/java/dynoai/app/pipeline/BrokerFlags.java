package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.node.KafkaConnection;
import dynoai.app.node.NodeInfo;
import dynoai.app.setting.Settings;
import dynoai.broker.BrokerClient;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An external Kafka cluster, or the broker of a running node. */
public final class BrokerFlags {
    @Mixin
    private Settings settings = new Settings(System.getenv());

    @Mixin
    private KafkaFlags kafka = new KafkaFlags();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "In place of --bootstrap: the data directory of a running node with an embedded broker.")
    private @Nullable Path data;

    /** The Kafka that the flags name, and how topics are laid out on it. */
    public record Broker(KafkaClients clients, TopicLayout layout) {}

    public Broker broker() throws IOException, CommandException {
        if (data != null) {
            return new Broker(ofRunningNode(data), TopicLayout.ofEmbeddedBroker());
        }
        KafkaConnection connection = kafka.connection(settings);
        if (connection.bootstrap() == null) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "give the Kafka with --bootstrap HOST:PORT, or a node's --data DIR");
        }
        return new Broker(connection.clients(), TopicLayout.ofCluster(connection.replication()));
    }

    private static KafkaClients ofRunningNode(Path data) throws IOException, CommandException {
        Optional<NodeInfo> node = NodeInfo.latest(data).filter(NodeInfo::isRunning);
        Optional<Map<String, String>> client = node.isPresent() ? BrokerClient.propertiesIn(data) : Optional.empty();
        if (client.isEmpty()) {
            throw new CommandException(
                    ExitCode.FILE_NOT_FOUND, "no node with an embedded broker runs on the data directory " + data);
        }
        return new KafkaClients(client.get(), node.get().namespace());
    }
}
