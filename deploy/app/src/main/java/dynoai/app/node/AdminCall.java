package dynoai.app.node;

import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Something to be asked of Kafka about its topics. What goes wrong is told with the brokers' names. */
interface AdminCall<T> {
    /** Whoever asks at a shell waits no longer for brokers that are not there. */
    int ANSWER_MILLIS = 15_000;

    T of(TopicAdmin topics) throws KafkaUnavailableException;

    static <T> T ask(Map<String, Object> client, TopicLayout layout, AdminCall<T> question)
            throws KafkaUnavailableException {
        String kafka = "Kafka at " + client.get("bootstrap.servers") + ": ";
        Map<String, Object> settings = new HashMap<>();
        settings.put("default.api.timeout.ms", ANSWER_MILLIS);
        settings.put("request.timeout.ms", ANSWER_MILLIS);
        settings.putAll(client);
        try (Admin admin = Admin.create(settings)) {
            return question.of(new TopicAdmin(admin, layout));
        } catch (KafkaUnavailableException failed) {
            throw new KafkaUnavailableException(kafka + failed.getMessage(), failed);
        } catch (KafkaException wrongSettings) {
            Throwable cause = wrongSettings.getCause() == null ? wrongSettings : wrongSettings.getCause();
            throw new KafkaUnavailableException(kafka + "no client can be made: " + cause.getMessage(), wrongSettings);
        }
    }
}
