package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.node.AdminCall;
import dynoai.app.node.KafkaConnection;
import dynoai.app.node.NodeInfo;
import dynoai.broker.BrokerClient;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates or verifies the topics on an external Kafka cluster, or on the broker of a running node. */
@Command(
        name = "topics",
        description = "Create or verify the topics on an external Kafka cluster, or on the broker of a running node.",
        footer = {
            "",
            "create adds missing topics with their partitions, retention and compaction; existing topics stay as they",
            "are. check prints one sentence for each problem.",
            "",
            "Examples:",
            "  dynoai topics create --bootstrap kafka:9092",
            "  dynoai topics check --bootstrap kafka:9092 --replication 1",
            "  dynoai topics check --data data",
        },
        exitCodeList = {
            "2:no node runs on the data directory",
            "4:check found problems",
            "5:Kafka is unreachable or rejects the request, or another error"
        })
public final class TopicsCommand implements Callable<Integer> {
    /** Actions on topics. */
    enum Action {
        CREATE,
        CHECK
    }

    private final Console console;

    @Mixin
    private Settings settings = new Settings(System.getenv());

    @Mixin
    private KafkaFlags kafka = new KafkaFlags();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "In place of --bootstrap: the data directory of a running node with an embedded broker.")
    private @Nullable Path data;

    @Parameters(paramLabel = "create|check", description = "The action.")
    private Action action = Action.CHECK;

    public TopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException, KafkaUnavailableException {
        Map<String, Object> client;
        TopicLayout layout;
        if (data != null) {
            client = Map.copyOf(ofRunningNode(data));
            layout = TopicLayout.ofEmbeddedBroker();
        } else {
            KafkaConnection connection = kafka.connection(settings);
            if (connection.bootstrap() == null) {
                throw new CommandException(
                        ExitCode.INVALID_ARGUMENTS,
                        "give the Kafka with --bootstrap HOST:PORT, or a node's --data DIR");
            }
            client = connection.client();
            layout = TopicLayout.ofCluster(connection.replication());
        }
        if (action == Action.CREATE) {
            AdminCall.run(client, layout, TopicAdmin::create).forEach(name -> console.println("made " + name));
            return ExitCode.SUCCESS;
        }
        List<String> findings = AdminCall.run(client, layout, TopicAdmin::check);
        findings.forEach(console::println);
        return findings.isEmpty() ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }

    private static Map<String, String> ofRunningNode(Path data) throws IOException, CommandException {
        boolean running = NodeInfo.latest(data).filter(NodeInfo::isRunning).isPresent();
        Optional<Map<String, String>> client = running ? BrokerClient.propertiesIn(data) : Optional.empty();
        return client.orElseThrow(() -> new CommandException(
                ExitCode.FILE_NOT_FOUND, "no node with an embedded broker runs on the data directory " + data));
    }
}
