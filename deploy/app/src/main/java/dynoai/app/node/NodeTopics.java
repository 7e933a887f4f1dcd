package dynoai.app.node;

import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The topics of a Kafka elsewhere. */
public final class NodeTopics {
    private final Map<String, Object> client;
    private final TopicLayout layout;

    /** @param kafka further properties for Kafka's clients */
    public NodeTopics(String bootstrap, Map<String, String> kafka, int replication) {
        this.client = new HashMap<>(kafka);
        client.put("bootstrap.servers", bootstrap);
        this.layout = TopicLayout.ofCluster(replication);
    }

    /** @return the names of those that were made */
    public List<String> create() throws KafkaUnavailableException {
        return AdminCall.ask(client, layout, TopicAdmin::create);
    }

    /** @return what is wrong, one sentence each */
    public List<String> check() throws KafkaUnavailableException {
        return AdminCall.ask(client, layout, TopicAdmin::check);
    }
}
