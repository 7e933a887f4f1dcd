package dynoai.app.node;

import dynoai.schemas.topic.KafkaUnusable;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Something to be asked of Kafka about its topics. What goes wrong is told with the brokers' names. */
interface TopicQuestion<T> {
    T of(TopicAdmin topics) throws KafkaUnusable;

    static <T> T ask(Map<String, Object> client, TopicLayout layout, TopicQuestion<T> question) throws KafkaUnusable {
        String kafka = "Kafka at " + client.get("bootstrap.servers") + ": ";
        try (Admin admin = Admin.create(client)) {
            return question.of(new TopicAdmin(admin, layout));
        } catch (KafkaUnusable failed) {
            throw new KafkaUnusable(kafka + failed.getMessage(), failed);
        } catch (KafkaException wrongSettings) {
            Throwable cause = wrongSettings.getCause() == null ? wrongSettings : wrongSettings.getCause();
            throw new KafkaUnusable(kafka + "no client can be made: " + cause.getMessage(), wrongSettings);
        }
    }
}
