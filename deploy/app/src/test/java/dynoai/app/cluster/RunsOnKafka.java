package dynoai.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.broker.TestTopics;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The results of runs on Kafka. */
public final class RunsOnKafka {
    private RunsOnKafka() {}

    /** Checks that this number of runs has a result, and none has two. */
    public static void areOnce(Map<String, Object> client, int runs) throws Exception {
        try (TestTopics topics = new TestTopics(client)) {
            assertThat(topics.read(Topics.RUN_RESULTS.in(Namespace.DEFAULT)))
                    .extracting(ConsumerRecord::key)
                    .doesNotHaveDuplicates()
                    .hasSize(runs);
        }
    }
}
