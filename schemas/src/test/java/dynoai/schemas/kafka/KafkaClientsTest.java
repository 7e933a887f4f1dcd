package dynoai.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClientsTest {

    @Test
    void operatorsProperty_overridesADefault() {
        // Given
        KafkaClients clients =
                new KafkaClients(Map.of("linger.ms", "20", "bootstrap.servers", "broker:9092"), Namespace.DEFAULT);
        // When
        Map<String, Object> properties = clients.properties(Map.of("linger.ms", 5, "batch.size", 1024), Map.of());
        // Then
        assertThat(properties)
                .containsAllEntriesOf(
                        Map.of("linger.ms", "20", "batch.size", 1024, "bootstrap.servers", "broker:9092"));
    }

    @Test
    void lostRequest_isRepeatedWithinSeconds() {
        // Given
        KafkaClients plain = new KafkaClients(Map.of(), Namespace.DEFAULT);
        KafkaClients patient = new KafkaClients(Map.of("request.timeout.ms", "60000"), Namespace.DEFAULT);
        // When
        Map<String, Object> properties = plain.properties(Map.of(), Map.of());
        // Then
        assertThat(properties)
                .containsEntry("request.timeout.ms", 10_000)
                .containsEntry("socket.connection.setup.timeout.max.ms", 10_000L);
        assertThat(patient.properties(Map.of(), Map.of())).containsEntry("request.timeout.ms", "60000");
    }

    @Test
    void requiredProperty_overridesTheOperators() {
        // Given
        KafkaClients clients = new KafkaClients(Map.of("session.timeout.ms", "1"), Namespace.DEFAULT);
        // When
        Map<String, Object> properties = clients.properties(Map.of(), Map.of("session.timeout.ms", 6000));
        // Then
        assertThat(properties).containsEntry("session.timeout.ms", 6000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processing.guarantee",
                "isolation.level",
                "acks",
                "enable.idempotence",
                "transactional.id",
                "enable.auto.commit",
                "auto.offset.reset",
                "group.id",
                "partitioner.class",
                "consumer.isolation.level",
                "main.consumer.group.instance.id",
                "restore.consumer.auto.offset.reset",
                "producer.acks",
                "producer.transaction.timeout.ms"
            })
    void propertyThatCorrectnessReliesOn_isIgnoredAndReported(String property) {
        // Given
        Map<String, String> operator = Map.of(property, "at_least_once", "client.id", "dyno");
        // When
        Map<String, Object> properties = new KafkaClients(operator, Namespace.DEFAULT).properties(Map.of(), Map.of());
        // Then
        assertThat(properties).containsEntry("client.id", "dyno").doesNotContainKey(property);
        assertThat(KafkaClients.ignoredProperties(operator)).isEqualTo(List.of(property));
    }
}
