package dynoai.schemas.topic;

import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes this version's schemas. Every writer does it before its first record, so that older readers can follow. */
public final class SchemaPublisher {
    private SchemaPublisher() {}

    /** @param client connection settings: bootstrap servers, security */
    public static void publish(Map<String, Object> client) throws KafkaUnavailableException {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        try (Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (Topic<?> topic : Topics.ALL) {
                WireFormat<?> format = topic.format();
                sent.add(producer.send(new ProducerRecord<>(
                        Topics.SCHEMAS, 0, UnknownSchemaException.text(format.fingerprint()), format.schemaJson())));
            }
            for (Future<?> record : sent) {
                record.get();
            }
        } catch (ExecutionException | KafkaException failed) {
            throw new KafkaUnavailableException(
                    "publishing schemas to " + Topics.SCHEMAS + " failed: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("publishing schemas was interrupted", interrupted);
        }
    }
}
