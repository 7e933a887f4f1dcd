package dynoai.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesSchemaTest {
    @ParameterizedTest
    @CsvSource({
        "analyser.replicas, 3",
        "analyzer.replica, 3",
        "analyzer.replicas, many",
        "analyzer.replicas, 0",
        "analyzer.replicas, 25",
        "analyzer.standbyReplicas, -1",
        "analyzer.data.size, 10GB",
        "exporter.autoscaling.enabled, sometimes",
        "image.pullPolicy, Daily",
        "kafka.bootstrap, kafka",
        "kafka.namespace, dyno.ai",
        "kafka.replication, 0",
        "kafka.sasl.mechanism, OAUTHBEARER",
        "kafka.properties.sasl\\.jaas\\.config, secret",
        "kafka.properties.ssl\\.key\\.password, secret",
        "dashboard.tokenSecret, ''",
        "dashboard.catalogue.url, jdbc:mysql://db/dynoai",
        "dashboard.catalogue.url, jdbc:postgresql://db/dynoai?password=secret",
        "dashboard.service.port, 70000",
        "ingest.roots[0].name, Hall 1",
        "intake.replicas, 0",
        "intake.service.type, Open",
        "intake.tlsSecret, ''",
        "admit.replicas, 25",
        "monitoring.podMonitor.interval, 15",
    })
    void wrongValue_isRejected(String path, String value) {
        assertThatThrownBy(() -> Chart.renderWith(path, value)).hasMessageContaining("schema");
    }

    @Test
    void saslWithoutSecrets_isRejected() {
        assertThatThrownBy(() -> Chart.renderWith("kafka.sasl.mechanism", "SCRAM-SHA-512"))
                .hasMessageContaining("kafkaSecret is needed with kafka.sasl");
    }

    @Test
    void everyDefault_isInTheSchema() throws IOException {
        // Given
        JsonNode values = Chart.file("values.yaml");
        JsonNode schema = Chart.file("values.schema.json");

        // When
        List<String> missing = new ArrayList<>();
        compare("", values, schema, missing);

        // Then
        assertThat(missing).isEmpty();
    }

    /** Adds values that the schema does not name, and names of the schema without a default. */
    private static void compare(String path, JsonNode values, JsonNode schema, List<String> missing) {
        JsonNode properties = schema.at("/properties");
        if (!properties.isObject() || !values.isObject()) {
            return;
        }
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            if (properties.has(value.getKey())) {
                compare(path + "." + value.getKey(), value.getValue(), properties.get(value.getKey()), missing);
            } else {
                missing.add("in the schema: " + path + "." + value.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            // Helm's own, which a chart that contains this one sets.
            if (!values.has(property.getKey()) && !property.getKey().equals("global")) {
                missing.add("in the defaults: " + path + "." + property.getKey());
            }
        }
    }
}
