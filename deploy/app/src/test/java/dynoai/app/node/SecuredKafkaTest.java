package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any property of Kafka's clients can be passed: here TLS and SASL, from a file, with the password from the environment. Each
 * stage is a user of its own and may do what the documentation says it must be allowed to, and nothing else.
 */
@Tag("broker")
@Tag("process")
class SecuredKafkaTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final Pattern PAGE = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");

    @TempDir
    private Path temp;

    @Test
    void separateStages_runWithTlsSaslAndTheDocumentedAcls() throws Exception {
        try (SecuredBroker kafka = SecuredBroker.start(temp)) {
            // Given
            NodeFixture home = new NodeFixture(temp.resolve("home"));
            DocumentedRights.grantAt(kafka.inside());
            Path config = config(kafka);
            createTopics(home, config);

            // When
            try (CommandProcess ingest = start(home, as("ingest"), "ingest", "--config", config, "--take-existing");
                    CommandProcess analyzer = start(home, as("analyzer"), "analyzer", "--config", config);
                    CommandProcess exporter = start(home, as("exporter"), "exporter", "--config", config)) {
                ingest.awaitReady();
                home.dropLog();
                await().atMost(MAX_WAIT).until(() -> home.runFolders() == 1);

                // Then
                String metrics = LiveNode.text(exporter.awaitReady() + "/metrics");
                assertThat(metrics).contains("\ndynoai_node_broker_reachable 1.0\n");
                for (CommandProcess stage : List.of(ingest, analyzer, exporter)) {
                    assertThat(stage.said()).doesNotContain("retrying");
                }
                for (String stage : List.of("ingest", "analyzer", "exporter")) {
                    Path log = home.folder().resolve("data-" + stage).resolve("dynoai.log");
                    assertThat(log).content().doesNotContainIgnoringCase("authoriz");
                }
            }
        }
    }

    @Test
    void otherCommands_runWithTheDocumentedAcls() throws Exception {
        try (SecuredBroker kafka = SecuredBroker.start(temp)) {
            // Given
            NodeFixture home = new NodeFixture(temp.resolve("home"));
            DocumentedRights.grantAt(kafka.inside());
            Path config = config(kafka);
            createTopics(home, config);

            // When
            try (CommandProcess check = start(home, as("topics"), "topics", "check", "--config", config);
                    CommandProcess replay = start(home, as("topics"), "topics", "replay-dead", "--config", config);
                    CommandProcess dashboard = start(home, as("dashboard"), "dashboard", "--config", config)) {
                // Then
                assertThat(check.awaitEnd()).as(check.said()).isZero();
                assertThat(replay.awaitEnd()).as(replay.said()).isZero();
                String page = "http://127.0.0.1:" + dashboard.awaitPort(PAGE);
                await().atMost(MAX_WAIT)
                        .untilAsserted(() -> assertThat(LiveNode.text(page + "/health/ready"))
                                .isEqualTo("ready\n"));
            }
        }
    }

    @Test
    void wrongPassword_isReportedAtStart() throws Exception {
        try (SecuredBroker kafka = SecuredBroker.start(temp)) {
            // Given
            NodeFixture home = new NodeFixture(temp.resolve("home"));
            Path config = config(kafka);

            // When
            CommandProcess exporter = start(home, Map.of(), "exporter", "--config", config);

            // Then
            assertThat(exporter.awaitEnd()).isEqualTo(5);
            assertThat(exporter.said()).contains(kafka.bootstrap()).contains("invalid credentials");
        }
    }

    @Test
    void invalidKafkaProperty_isReportedAtStart() throws Exception {
        try (SecuredBroker kafka = SecuredBroker.start(temp)) {
            // Given
            NodeFixture home = new NodeFixture(temp.resolve("home"));
            Path config = config(kafka);

            // When
            CommandProcess exporter =
                    start(home, Map.of(), "exporter", "--config", config, "--kafka", "security.protocol=SECRET");

            // Then
            assertThat(exporter.awaitEnd()).isEqualTo(5);
            assertThat(exporter.said()).contains("security.protocol").contains("SECRET");
        }
    }

    private static void createTopics(NodeFixture home, Path config) throws Exception {
        CommandProcess topics = start(home, as("topics"), "topics", "create", "--config", config);
        if (topics.awaitEnd() != 0) {
            throw new IllegalStateException(topics.said());
        }
    }

    /** All settings, with a wrong password. */
    private Path config(SecuredBroker kafka) throws IOException {
        return Files.writeString(temp.resolve("stages.properties"), """
                bootstrap=%s
                replication=1
                settle=0.2
                poll=0.2
                store=store
                port=0
                kafka.security.protocol=SASL_SSL
                kafka.sasl.mechanism=SCRAM-SHA-512
                kafka.sasl.jaas.config=%s
                kafka.ssl.truststore.type=PEM
                kafka.ssl.truststore.location=%s
                """.formatted(
                        kafka.bootstrap(), jaas("exporter", "a guess"), kafka.certificate()));
    }

    private static Map<String, String> as(String user) {
        return Map.of("DYNOAI_KAFKA_SASL_JAAS_CONFIG", jaas(user, SecuredBroker.PASSWORD));
    }

    private static String jaas(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    private static CommandProcess start(NodeFixture home, Map<String, String> environment, Object... arguments)
            throws IOException {
        String[] line = new String[arguments.length + 2];
        for (int i = 0; i < arguments.length; i++) {
            line[i] = arguments[i].toString();
        }
        boolean stage = !line[0].equals("topics");
        line[arguments.length] = stage ? "--data" : "--replication";
        line[arguments.length + 1] = stage ? "data-" + line[0] : "1";
        return CommandProcess.start(home.folder(), environment, line);
    }
}
