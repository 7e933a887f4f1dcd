package dynoai.app.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node is told. Everything a stage alone does not use is simply not looked at.
 *
 * @param data the node's own directory: broker, store of logs, state, names
 * @param store where logs are kept by content
 * @param bootstrap brokers to use; null to run one inside
 * @param kafka further properties for Kafka's clients
 * @param replication of topics on a Kafka elsewhere
 * @param instance what tells this process from others of its kind; null for a name kept in the data directory
 */
public record NodeSettings(
        Path drop,
        Path runs,
        Path data,
        Path store,
        @Nullable String bootstrap,
        Map<String, String> kafka,
        int replication,
        @Nullable String instance,
        int threads,
        Duration settle,
        Duration poll,
        boolean watch,
        boolean takeExisting,
        boolean force,
        boolean publishRows) {

    /** The analyzer's folder in the data directory. */
    public static final String STATE = "state";

    /** The properties of every client: the brokers, and what the operator added. */
    Map<String, Object> client(String brokers) {
        Map<String, Object> client = new HashMap<>(kafka);
        client.put("bootstrap.servers", brokers);
        return client;
    }
}
