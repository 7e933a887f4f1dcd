package dynoai.app.node;

import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.util.List;
import java.util.Map;

/** The topics of an external Kafka. */
public final class NodeTopics {
    private final Map<String, Object> client;
    private final TopicLayout layout;

    public NodeTopics(KafkaConnection kafka) {
        this.client = kafka.client(String.valueOf(kafka.bootstrap()));
        this.layout = TopicLayout.ofCluster(kafka.replication());
    }

    /** Creates missing topics and returns their names. */
    public List<String> create() throws KafkaUnavailableException {
        return AdminCall.run(client, layout, TopicAdmin::create);
    }

    /** Returns one sentence for each problem. */
    public List<String> check() throws KafkaUnavailableException {
        return AdminCall.run(client, layout, TopicAdmin::check);
    }
}
