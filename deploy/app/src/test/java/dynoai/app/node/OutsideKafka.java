package dynoai.app.node;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** How the test gets an external Kafka. */
enum OutsideKafka {
    /** A broker in this JVM: everywhere. */
    PROCESS {
        @Override
        Running start(Path folder) throws Exception {
            EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
            return new Running(broker.clientProperties(), broker::close);
        }
    },
    /** The image that users pull: where a Docker engine answers. */
    CONTAINER {
        @Override
        Running start(Path folder) {
            assumeTrue(
                    DockerClientFactory.instance().isDockerAvailable(),
                    "skipped: no Docker engine answers, so there is no Kafka in a container");
            KafkaContainer kafka = new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion())
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "500");
            kafka.start();
            return new Running(Map.of("bootstrap.servers", kafka.getBootstrapServers()), kafka::stop);
        }
    };

    abstract Running start(Path folder) throws Exception;

    /** A running Kafka. */
    record Running(Map<String, Object> client, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }
}
