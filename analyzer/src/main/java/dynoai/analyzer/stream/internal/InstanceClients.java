package dynoai.analyzer.stream.internal;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * The clients of Kafka Streams, with producers named after the instance.
 *
 * <p>Streams derives {@code transactional.id} from a process id in the state directory (KAFKA-10716) and the number of the
 * thread. An instance that lost the directory would come back under another id and wait for the timeout of the transaction
 * that it left open. The format of the id is not documented.
 *
 * <p>Remove when Streams derives the id from {@code group.instance.id} (no KIP found); {@code InstanceClientsTest} fails then.
 */
public final class InstanceClients extends DefaultKafkaClientSupplier {
    private final String prefix;

    public InstanceClients(String application, String instance) {
        prefix = application + '-' + instance;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Map<String, Object> named = new HashMap<>(config);
        named.computeIfPresent(ProducerConfig.TRANSACTIONAL_ID_CONFIG, (key, id) -> transactionalId(id.toString()));
        return super.getProducer(named);
    }

    /** The application, the instance and the number of the thread: the member's {@code group.instance.id} with a prefix. */
    String transactionalId(String id) {
        return prefix + id.substring(id.lastIndexOf('-'));
    }
}
