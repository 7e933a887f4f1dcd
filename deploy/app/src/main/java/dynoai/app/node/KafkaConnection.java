package dynoai.app.node;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka of a node.
 *
 * @param bootstrap servers of an external Kafka; null for a broker inside this process
 * @param properties further properties of Kafka clients
 * @param replication factor of the topics on an external Kafka
 */
public record KafkaConnection(@Nullable String bootstrap, Map<String, String> properties, int replication) {
    /** Returns the properties of every client: the external Kafka's servers, and what the operator added. */
    public Map<String, Object> client() {
        return client(Map.of("bootstrap.servers", String.valueOf(bootstrap)));
    }

    /** Returns the operator's properties with those that a broker requires. */
    Map<String, Object> client(Map<String, Object> required) {
        Map<String, Object> client = new HashMap<>(properties);
        client.putAll(required);
        return client;
    }
}
