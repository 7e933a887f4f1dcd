package dynoai.app.node;

import dynoai.schemas.topic.KafkaUnusable;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** The topics of a Kafka elsewhere, as the settings want them. */
public final class NodeTopics {
    private NodeTopics() {}

    /** @return the names of those that were made */
    public static List<String> create(NodeSettings settings) throws KafkaUnusable {
        try (Admin admin = admin(settings)) {
            return topics(admin, settings).create();
        }
    }

    /** @return what is wrong, one sentence each */
    public static List<String> check(NodeSettings settings) throws KafkaUnusable {
        try (Admin admin = admin(settings)) {
            return topics(admin, settings).check();
        }
    }

    private static Admin admin(NodeSettings settings) {
        return Admin.create(settings.client(String.valueOf(settings.bootstrap())));
    }

    private static TopicAdmin topics(Admin admin, NodeSettings settings) {
        return new TopicAdmin(admin, TopicLayout.ofCluster(settings.replication()));
    }
}
