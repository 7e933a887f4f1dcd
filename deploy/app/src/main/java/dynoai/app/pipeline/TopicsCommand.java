package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.deadletter.DeadLetterReplay;
import dynoai.app.node.AdminCall;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates or verifies the topics, or replays dead letters, on an external Kafka cluster, or on the broker of a running node. */
@Command(
        name = "topics",
        description = "Create or verify the topics, or replay their dead letters.",
        footer = {
            "",
            "create adds missing topics with their partitions, retention and compaction, and sets what check finds in",
            "the settings of existing ones; partitions and replicas stay. check prints one sentence for each problem,",
            "with the value in effect, also if it comes from the cluster. replay-dead sends records that no reader could",
            "decode back to their topic and partition if their schema has been published since, and removes them from",
            "the dead letters; the others stay.",
            "",
            "Examples:",
            "  dynoai topics create --bootstrap kafka:9092",
            "  dynoai topics check --bootstrap kafka:9092 --replication 1",
            "  dynoai topics check --data data",
            "  dynoai topics replay-dead --data data --dry-run",
        },
        exitCodeList = {
            "2:no node runs on the data directory",
            "4:check found problems, or dead letters remain after replay-dead",
            "5:Kafka is unreachable or rejects the request, or another error"
        })
public final class TopicsCommand implements Callable<Integer> {
    /** Actions on topics. */
    enum Action {
        CREATE,
        CHECK,
        REPLAY_DEAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Console console;

    @Mixin
    private BrokerFlags kafka = new BrokerFlags();

    @Option(names = "--origin", paramLabel = "TOPIC", description = "replay-dead: only records of this topic.")
    private @Nullable String origin;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "replay-dead: look at no more than N dead letters. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--dry-run", description = "replay-dead: only print what would be done.")
    private boolean dryRun;

    @Parameters(paramLabel = "create|check|replay-dead", description = "The action.")
    private Action action = Action.CHECK;

    public TopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException, KafkaUnavailableException {
        if (limit < 1) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "--limit takes a whole number from 1, not " + limit);
        }
        BrokerFlags.Broker broker = kafka.broker();
        KafkaClients clients = broker.clients();
        TopicLayout layout = broker.layout();
        if (action == Action.CREATE) {
            AdminCall.run(clients, layout, TopicAdmin::create).forEach(name -> console.println("made " + name));
            AdminCall.run(clients, layout, TopicAdmin::repair).forEach(change -> console.println("set " + change));
            return ExitCode.SUCCESS;
        }
        if (action == Action.REPLAY_DEAD) {
            return replayDead(clients);
        }
        List<String> findings = AdminCall.run(clients, layout, TopicAdmin::check);
        findings.forEach(console::println);
        return findings.isEmpty() ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }

    private int replayDead(KafkaClients clients) throws KafkaUnavailableException {
        Map<DeadLetterReplay.Outcome, Integer> counts = new EnumMap<>(DeadLetterReplay.Outcome.class);
        int beyondLimit = new DeadLetterReplay(clients, origin, limit, dryRun).run((letter, outcome) -> {
            counts.merge(outcome, 1, Integer::sum);
            String done = switch (outcome) {
                case REPLAYED -> dryRun ? "would be replayed" : "replayed";
                case SUPERSEDED -> dryRun ? "would be removed: superseded" : "removed: superseded";
                case SCHEMA_STILL_UNKNOWN -> "schema " + letter.fingerprint() + " is not published";
                case FOREIGN -> "is not of a topic of DynoAI";
            };
            String run = letter.recordKey() == null ? "" : " (" + letter.recordKey() + ")";
            console.println(letter.origin() + run + ": " + done);
        });
        int remaining = counts.getOrDefault(DeadLetterReplay.Outcome.SCHEMA_STILL_UNKNOWN, 0)
                + counts.getOrDefault(DeadLetterReplay.Outcome.FOREIGN, 0)
                + beyondLimit;
        int replayed = counts.getOrDefault(DeadLetterReplay.Outcome.REPLAYED, 0);
        console.println((dryRun ? "would be replayed: " : "replayed: ") + replayed + ", remaining: " + remaining);
        return remaining == 0 ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }
}
