package dynoai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may use an embedded broker: the user who can read its secret. */
@Tag("broker")
@DisabledOnOs(OS.WINDOWS)
class BrokerAccessTest {
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final String CONTROLLER = "bootstrap.controllers";

    @TempDir
    Path data;

    @Test
    void clientWithoutTheSecret_canNeitherReadWriteNorAdminister() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            Map<String, Object> anonymous = with(Map.of("bootstrap.servers", broker.bootstrapServers()));
            Map<String, Object> guess = with(broker.clientProperties());
            guess.put("sasl.jaas.config", secretOf(broker).replaceFirst("password=\"[^\"]*\"", "password=\"guess\""));
            Map<String, Object> otherUser = with(broker.clientProperties());
            otherUser.put("sasl.jaas.config", secretOf(broker).replace("username=\"dynoai\"", "username=\"admin\""));

            // When
            List<Map<String, Object>> clients = List.of(anonymous, guess, otherUser);

            // Then
            for (Map<String, Object> client : clients) {
                assertRefused(() -> listTopics(client));
                assertRefused(() -> write(client));
                assertRefused(() -> read(client));
            }
            assertThat(topics.read(Topics.RUN_LOG.in(Namespace.DEFAULT))).isEmpty();
        }
    }

    @Test
    void controllerListener_refusesClientsWithoutTheSecret() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            Map<String, Object> known = new HashMap<>(broker.clientProperties());
            known.remove("bootstrap.servers");
            known.put(CONTROLLER, "127.0.0.1:" + broker.controllerPort());
            Map<String, Object> anonymous = with(Map.of(CONTROLLER, "127.0.0.1:" + broker.controllerPort()));

            // When
            ThrowingCallable asAnonymous = () -> describeQuorum(anonymous);

            // Then
            assertRefused(asAnonymous);
            describeQuorum(known);
        }
    }

    @Test
    void secretFile_isForTheOwnerAlone_andIsKeptAcrossRestarts() throws Exception {
        // Given
        Map<String, Object> first;
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            first = broker.clientProperties();
        }

        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {

            // Then
            assertThat(secretOf(broker)).isEqualTo(first.get("sasl.jaas.config"));
            assertThat(permissions(BrokerClient.FILE)).isEqualTo("rw-------");
            assertThat(permissions(DataDirectory.KAFKA)).isEqualTo("rwx------");
            Map<String, Object> file =
                    new HashMap<>(BrokerClient.propertiesIn(data).orElseThrow());
            assertThat(file).isEqualTo(broker.clientProperties());
            listTopics(file);
        }
    }

    @Test
    void dataDirectoryWithoutASecret_getsOneAndKeepsItsTopics() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {
            topics.create();
            topics.send(Topics.RUN_LOG.in(Namespace.DEFAULT), 0, "key", new byte[] {1});
        }
        Files.delete(data.resolve(BrokerClient.FILE));

        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                TestTopics topics = new TestTopics(broker.clientProperties())) {

            // Then
            assertThat(topics.read(Topics.RUN_LOG.in(Namespace.DEFAULT))).hasSize(1);
            assertThat(permissions(BrokerClient.FILE)).isEqualTo("rw-------");
        }
    }

    @Test
    void secretThatOthersCouldRead_isReplacedAtTheNextStart() throws Exception {
        // Given
        Map<String, Object> exposed;
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            exposed = with(broker.clientProperties());
        }
        Files.setPosixFilePermissions(data.resolve(BrokerClient.FILE), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(data.resolve(DataDirectory.KAFKA), PosixFilePermissions.fromString("rwxr-xr-x"));

        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {

            // Then
            exposed.put("bootstrap.servers", broker.bootstrapServers());
            assertRefused(() -> listTopics(exposed));
            listTopics(broker.clientProperties());
            assertThat(permissions(BrokerClient.FILE)).isEqualTo("rw-------");
            assertThat(permissions(DataDirectory.KAFKA)).isEqualTo("rwx------");
        }
    }

    @Test
    void damagedSecretFile_isReplacedByANewSecret() throws Exception {
        // Given
        Path file = Files.writeString(data.resolve(BrokerClient.FILE), "sasl.jaas.config=nothing\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {

            // Then
            listTopics(new HashMap<>(BrokerClient.propertiesIn(data).orElseThrow()));
            assertThat(secretOf(broker)).containsPattern("password=\"[0-9a-f]{64}\"");
        }
    }

    private static String secretOf(EmbeddedBroker broker) {
        return String.valueOf(broker.clientProperties().get("sasl.jaas.config"));
    }

    private String permissions(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file)));
    }

    private static Map<String, Object> with(Map<String, ?> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        settings.put("request.timeout.ms", TIMEOUT_MILLIS);
        return settings;
    }

    /** A client that speaks no SASL is disconnected and tries until its time is up; one with a wrong secret knows why. */
    private static void assertRefused(ThrowingCallable action) {
        assertThatThrownBy(action).satisfies(thrown -> {
            Throwable cause = thrown instanceof ExecutionException || thrown.getClass() == KafkaException.class
                    ? thrown.getCause()
                    : thrown;
            assertThat(cause)
                    .isInstanceOfAny(
                            SaslAuthenticationException.class, org.apache.kafka.common.errors.TimeoutException.class);
        });
    }

    private static void listTopics(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.listTopics().names().get();
        }
    }

    private static void describeQuorum(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.describeMetadataQuorum().quorumInfo().get();
        }
    }

    private static void write(Map<String, Object> client) throws Exception {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("max.block.ms", TIMEOUT_MILLIS);
        settings.put("delivery.timeout.ms", 2 * TIMEOUT_MILLIS);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.RUN_LOG.in(Namespace.DEFAULT), "key", "value"))
                    .get();
        }
    }

    private static void read(Map<String, Object> client) {
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            consumer.partitionsFor(Topics.RUN_LOG.in(Namespace.DEFAULT), Duration.ofMillis(TIMEOUT_MILLIS));
        }
    }
}
