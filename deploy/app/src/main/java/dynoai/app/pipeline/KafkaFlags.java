package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.node.KafkaConnection;
import dynoai.app.setting.Setting;
import dynoai.app.setting.Settings;
import dynoai.broker.BrokerClient;
import dynoai.schemas.kafka.Namespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Kafka cluster, and how clients connect to it. */
final class KafkaFlags {
    private static final String BOOTSTRAP = "bootstrap.servers";

    @Setting
    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Bootstrap servers of an external Kafka.")
    private @Nullable String bootstrap;

    @Option(
            names = "--kafka",
            paramLabel = "NAME=VALUE",
            description = "A Kafka client property (TLS, SASL, …); may be repeated. DYNOAI_KAFKA_NAME, with _ for each"
                    + " dot; kafka.NAME in the file.")
    private Map<String, String> properties = new TreeMap<>();

    @Setting(min = 1, max = Short.MAX_VALUE)
    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "3",
            description = "Replication factor of the topics on an external Kafka.")
    private int replication;

    @Setting
    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "dynoai",
            description = "Prefix of the topics, groups and transactional ids, so that several pipelines can share a"
                    + " Kafka.")
    private String namespace = Namespace.DEFAULT.name();

    KafkaConnection connection(Settings settings) throws CommandException, IOException {
        return new KafkaConnection(bootstrap, settings.kafka(properties), replication, namespace());
    }

    /**
     * Returns the connection that the flags name.
     *
     * @param data where the secret is if the servers are the embedded broker of a node on this data directory
     */
    KafkaConnection connection(Settings settings, Path data) throws CommandException, IOException {
        Map<String, String> client = new TreeMap<>();
        if (bootstrap != null) {
            BrokerClient.propertiesIn(data)
                    .filter(embedded -> Objects.equals(bootstrap, embedded.get(BOOTSTRAP)))
                    .ifPresent(client::putAll);
        }
        client.putAll(settings.kafka(properties));
        return new KafkaConnection(bootstrap, client, replication, namespace());
    }

    private Namespace namespace() throws CommandException {
        try {
            return new Namespace(namespace);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "--namespace: " + e.getMessage());
        }
    }
}
