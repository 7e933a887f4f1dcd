package dynoai.app.node;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** A call about topics. Failures name the brokers. */
public interface AdminCall<T> {
    /** How long a command waits for unreachable brokers. */
    Duration TIMEOUT = Duration.ofSeconds(15);

    T of(TopicAdmin topics) throws KafkaUnavailableException;

    static <T> T run(KafkaClients clients, TopicLayout layout, AdminCall<T> call) throws KafkaUnavailableException {
        String kafka = "Kafka at " + clients.bootstrap() + ": ";
        try (Admin admin = clients.admin(TIMEOUT)) {
            return call.of(new TopicAdmin(admin, layout, clients.namespace()));
        } catch (KafkaUnavailableException e) {
            throw new KafkaUnavailableException(kafka + e.getMessage(), e);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaUnavailableException(kafka + "cannot create a client: " + cause.getMessage(), e);
        }
    }
}
