package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.node.NodeTopics;
import dynoai.schemas.topic.KafkaUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the topics on a Kafka elsewhere, or finds what is wrong with them. */
@Command(
        name = "topics",
        description = "Make or check the topics on a Kafka elsewhere.",
        footer = {
            "",
            "create makes what is missing, with the right partitions, retention and compaction; what is there stays",
            "as it is. check says what is wrong, one sentence each.",
            "",
            "Examples:",
            "  dynoai topics create --bootstrap kafka:9092",
            "  dynoai topics check --bootstrap kafka:9092 --replication 1",
            "",
            "Exit codes: 0 all is well, 1 invalid arguments, 4 check found something, 5 Kafka does not answer or refuses."
        })
public final class TopicsCommand implements Callable<Integer> {
    /** What can be done with topics. */
    enum Action {
        CREATE,
        CHECK
    }

    private final Console console;

    @Mixin
    private SourceFlags source = new SourceFlags();

    @Mixin
    private KafkaFlags kafka = new KafkaFlags();

    @Parameters(paramLabel = "create|check", description = "What to do.")
    private Action action = Action.CHECK;

    public TopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        LayeredConfig layers = source.layers();
        String brokers = kafka.bootstrap(layers);
        if (brokers == null) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "give the Kafka with --bootstrap HOST:PORT");
        }
        NodeTopics topics = new NodeTopics(brokers, kafka.properties(layers), kafka.replication(layers));
        try {
            return action == Action.CREATE ? create(topics) : check(topics);
        } catch (KafkaUnavailableException refused) {
            throw new CommandException(ExitCode.OTHER, String.valueOf(refused.getMessage()), refused);
        }
    }

    private int create(NodeTopics topics) throws KafkaUnavailableException {
        for (String made : topics.create()) {
            console.println("made " + made);
        }
        return ExitCode.SUCCESS;
    }

    private int check(NodeTopics topics) throws KafkaUnavailableException {
        List<String> findings = topics.check();
        findings.forEach(console::println);
        return findings.isEmpty() ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }
}
