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
    /** Returns the properties of every client: the brokers, and what the operator added. */
    public Map<String, Object> client(String brokers) {
        Map<String, Object> client = new HashMap<>(properties);
        client.put("bootstrap.servers", brokers);
        return client;
    }
}
