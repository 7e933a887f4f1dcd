package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.node.KafkaConnection;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Kafka cluster, and how clients connect to it. */
final class KafkaFlags {
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

    KafkaConnection connection(Settings settings) throws CommandException, IOException {
        return new KafkaConnection(bootstrap, settings.kafka(properties), replication);
    }
}
