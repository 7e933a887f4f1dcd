package dynoai.app.access;

import dynoai.app.node.AdminCall;
import dynoai.schemas.access.ShopRegistry;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.stage.StageEvents;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.SchemaPublisher;
import dynoai.schemas.topic.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** The tokens and limits of shops on Kafka. */
public record ShopTopic(KafkaClients kafka) {
    private static final long POLL_MILLIS = 20;

    /** Returns all entries, also of tokens that are no longer valid. */
    public List<ShopEntry> read() throws KafkaUnavailableException, InterruptedException {
        LastFailure failure = new LastFailure();
        try (ShopRegistry registry = ShopRegistry.start(kafka, failure, Clock.systemUTC())) {
            long end = System.nanoTime() + AdminCall.TIMEOUT.toNanos();
            while (!registry.isCurrent()) {
                if (System.nanoTime() - end > 0) {
                    throw new KafkaUnavailableException("Kafka at " + kafka.bootstrap() + ": " + name()
                            + " cannot be read; 'dynoai topics create' makes it" + failure.why);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return registry.entries();
        }
    }

    /** Why the topic could not be read the last time. */
    private static final class LastFailure implements StageEvents {
        private volatile String why = "";

        @Override
        public void transientFailure(String where, Exception cause) {
            why = ": " + cause.getMessage();
        }
    }

    /** Writes entries, and returns once Kafka has them. */
    public void write(List<? extends ShopEntry> entries) throws KafkaUnavailableException, InterruptedException {
        SchemaPublisher.publish(kafka);
        Map<String, ?> properties = Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (int) AdminCall.TIMEOUT.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) AdminCall.TIMEOUT.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) AdminCall.TIMEOUT.toMillis() / 2);
        try (KafkaProducer<String, byte[]> producer =
                kafka.producer(properties, Map.of(ProducerConfig.ACKS_CONFIG, "all"))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ShopEntry entry : entries) {
                byte[] value = Topics.SHOPS.format().encode(entry);
                sent.add(producer.send(new ProducerRecord<>(name(), entry.key(), value)));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (KafkaException | ExecutionException e) {
            throw new KafkaUnavailableException(
                    "Kafka at " + kafka.bootstrap() + ": " + name() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private String name() {
        return Topics.SHOPS.in(kafka.namespace());
    }
}
