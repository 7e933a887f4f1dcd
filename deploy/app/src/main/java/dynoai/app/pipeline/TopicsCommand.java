package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.node.AdminCall;
import dynoai.app.node.KafkaConnection;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Creates or verifies the topics on an external Kafka cluster. */
@Command(
        name = "topics",
        description = "Create or verify the topics on an external Kafka cluster.",
        footer = {
            "",
            "create adds missing topics with their partitions, retention and compaction; existing topics stay as they",
            "are. check prints one sentence for each problem.",
            "",
            "Examples:",
            "  dynoai topics create --bootstrap kafka:9092",
            "  dynoai topics check --bootstrap kafka:9092 --replication 1",
        },
        exitCodeList = {"4:check found problems", "5:Kafka is unreachable or rejects the request, or another error"})
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

    @Parameters(paramLabel = "create|check", description = "The action.")
    private Action action = Action.CHECK;

    public TopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException, KafkaUnavailableException {
        KafkaConnection connection = kafka.connection(settings);
        if (connection.bootstrap() == null) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "give the Kafka with --bootstrap HOST:PORT");
        }
        Map<String, Object> client = connection.client(connection.bootstrap());
        TopicLayout layout = TopicLayout.ofCluster(connection.replication());
        if (action == Action.CREATE) {
            AdminCall.run(client, layout, TopicAdmin::create).forEach(name -> console.println("made " + name));
            return ExitCode.SUCCESS;
        }
        List<String> findings = AdminCall.run(client, layout, TopicAdmin::check);
        findings.forEach(console::println);
        return findings.isEmpty() ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }
}
