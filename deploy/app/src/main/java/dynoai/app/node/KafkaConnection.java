package dynoai.app.node;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka of a node.
 *
 * @param bootstrap servers of an external Kafka; null for a broker inside this process
 * @param properties further properties of Kafka clients
 * @param replication factor of the topics on an external Kafka
 * @param namespace of the pipeline on that Kafka
 */
public record KafkaConnection(
        @Nullable String bootstrap, Map<String, String> properties, int replication, Namespace namespace) {
    /** Returns the clients of the external Kafka. */
    public KafkaClients clients() {
        return clients(Map.of("bootstrap.servers", String.valueOf(bootstrap)));
    }

    /** Returns clients with the operator's properties and those that a broker requires. */
    KafkaClients clients(Map<String, Object> required) {
        Map<String, Object> client = new HashMap<>(properties);
        client.putAll(required);
        return new KafkaClients(client, namespace);
    }
}
