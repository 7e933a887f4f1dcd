package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka to use, and how to talk to it. */
final class KafkaFlags {
    private static final int DEFAULT_REPLICATION = 3;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka to use. DYNOAI_BOOTSTRAP.")
    private @Nullable String bootstrap;

    @Option(
            names = "--kafka",
            paramLabel = "NAME=VALUE",
            description =
                    "A property for Kafka's clients (TLS, SASL, …); may be repeated. DYNOAI_KAFKA_NAME, with _ for each point; in the file kafka.NAME.")
    private Map<String, String> kafka = new TreeMap<>();

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "Copies of each topic on a Kafka elsewhere. Default: 3. DYNOAI_REPLICATION.")
    private @Nullable Integer replication;

    @Nullable
    String bootstrap(LayeredConfig layers) {
        return layers.text("bootstrap", bootstrap);
    }

    Map<String, String> properties(LayeredConfig layers) {
        return layers.kafka(kafka);
    }

    int replication(LayeredConfig layers) throws CommandException {
        return layers.whole("replication", replication, DEFAULT_REPLICATION, 1, Short.MAX_VALUE);
    }
}
