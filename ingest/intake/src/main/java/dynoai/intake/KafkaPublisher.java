package dynoai.intake;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.RequestException;
import dynoai.intake.route.AgentRoutes;
import dynoai.intake.upload.LogPublisher;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.AgentContact;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.stage.StageEvents;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends accepted logs and agents' contacts to their topics. A call returns once Kafka has the record. */
final class KafkaPublisher implements LogPublisher, AgentRoutes.ContactPublisher, AutoCloseable {
    private static final int RETRY_SECONDS = 5;
    private static final int DELIVERY_MILLIS = 15_000;
    private static final int CONTACT_MILLIS = 1_000;

    private final KafkaClients kafka;
    private final Supplier<String> notReadyReason;
    private final KafkaProducer<String, byte[]> logs;
    private final KafkaProducer<String, byte[]> contacts;
    private final StageEvents events;

    /** @param notReadyReason empty while Kafka can be used */
    KafkaPublisher(KafkaClients kafka, Supplier<String> notReadyReason, StageEvents events) {
        this.kafka = kafka;
        this.notReadyReason = notReadyReason;
        this.logs = kafka.producer(Map.of(), timeouts(10_000));
        this.contacts = kafka.producer(Map.of(), timeouts(CONTACT_MILLIS));
        this.events = events;
    }

    private static Map<String, Object> timeouts(int maxBlockMillis) {
        return Map.of(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlockMillis);
    }

    @Override
    public void requireReady() throws RequestException {
        if (!notReadyReason.get().isEmpty()) {
            throw unavailable();
        }
    }

    @Override
    public void publish(LogAccepted log) throws RequestException {
        send(logs, Topics.INTAKE, log.shop(), log, 2 * DELIVERY_MILLIS);
    }

    /** Many agents report every minute, so none waits long for Kafka. */
    @Override
    public void publish(AgentContact contact) throws RequestException {
        requireReady();
        send(contacts, Topics.AGENTS, contact.key(), contact, CONTACT_MILLIS);
    }

    private <T> void send(
            KafkaProducer<String, byte[]> producer, Topic<T> topic, String key, T value, int timeoutMillis)
            throws RequestException {
        try {
            producer.send(new ProducerRecord<>(
                            topic.in(kafka.namespace()), key, topic.format().encode(value)))
                    .get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            events.transientFailure(topic.suffix(), e);
            throw unavailable();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static RequestException unavailable() {
        return RequestException.later(ErrorCode.UNAVAILABLE, "nothing can be handed on at the moment", RETRY_SECONDS);
    }

    @Override
    public void close() {
        logs.close(Duration.ofSeconds(1));
        contacts.close(Duration.ZERO);
    }
}
