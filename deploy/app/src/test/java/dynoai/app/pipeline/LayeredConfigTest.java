package dynoai.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.app.console.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayeredConfigTest {
    @TempDir
    private Path temp;

    @Test
    void setting_comesFromTheFlagElseTheEnvironmentElseTheFile() throws Exception {
        // Given
        Path file = Files.writeString(temp.resolve("stage.properties"), "drop=file\nruns=file\nno-file-events=true\n");
        Map<String, String> environment = Map.of("DYNOAI_DROP", "environment", "DYNOAI_CONFIG", file.toString());

        // When
        LayeredConfig layers = LayeredConfig.of(null, environment);

        // Then
        assertThat(layers.text("drop", "flag")).isEqualTo("flag");
        assertThat(layers.text("drop", null)).isEqualTo("environment");
        assertThat(layers.text("runs", null)).isEqualTo("file");
        assertThat(layers.text("data", null, "otherwise")).isEqualTo("otherwise");
        assertThat(layers.flag("no-file-events", false)).isTrue();
        assertThat(layers.flag("force", false)).isFalse();
    }

    @Test
    void propertyOfKafkasClients_comesTheSameWay() throws Exception {
        // Given
        Path file = Files.writeString(
                temp.resolve("stage.properties"),
                "kafka.security.protocol=SSL\nkafka.ssl.truststore.type=PEM\nkafka.client.id=file\n");
        Map<String, String> environment =
                Map.of("DYNOAI_KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "DYNOAI_KAFKA_CLIENT_ID", "x");

        // When
        Map<String, String> kafka = LayeredConfig.of(file, environment).kafka(Map.of("client.id", "flag"));

        // Then
        assertThat(kafka)
                .isEqualTo(Map.of("client.id", "flag", "security.protocol", "SASL_SSL", "ssl.truststore.type", "PEM"));
    }

    @Test
    void numberThatIsNone_isRefusedByName() throws Exception {
        // Given
        LayeredConfig layers = LayeredConfig.of(null, Map.of("DYNOAI_PORT", "http"));

        // When // Then
        assertThatThrownBy(() -> layers.whole("port", null, 8080, 0, 65535))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("port")
                .hasMessageContaining("'http'");
    }
}
