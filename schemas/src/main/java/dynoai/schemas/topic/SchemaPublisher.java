package dynoai.schemas.topic;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Publishes the schemas of this version. A writer does so before its first record, so that older readers can decode it. */
public final class SchemaPublisher {
    private static final Map<String, Object> TIMEOUTS =
            Map.of(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);

    private SchemaPublisher() {}

    public static void publish(KafkaClients kafka) throws KafkaUnavailableException {
        String schemas = Topics.schemas(kafka.namespace());
        try (Producer<String, byte[]> producer = kafka.producer(Map.of(), TIMEOUTS)) {
            List<Future<?>> sent = new ArrayList<>();
            for (Topic<?> topic : Topics.ALL) {
                WireFormat<?> format = topic.format();
                String key = UnknownSchemaException.text(format.fingerprint());
                byte[] json = format.schemaJson().getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>(schemas, 0, key, json)));
            }
            for (Future<?> record : sent) {
                record.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw new KafkaUnavailableException("publishing schemas to " + schemas + " failed: " + e.getMessage(), e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("publishing schemas was interrupted", interrupted);
        }
    }
}
