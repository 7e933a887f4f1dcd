package dynoai.app.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dynoai.app.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class SettingsTest {
    @TempDir
    private Path temp;

    @Command(name = "example")
    private static final class Example {
        @Mixin
        private final Settings settings;

        @Setting
        @Option(names = "--drop", description = "Drop folder. Default: drop.")
        private @Nullable Path drop;

        @Setting
        @Option(names = "--runs", defaultValue = "runs", description = "Run folders.")
        private Path runs = Path.of("");

        @Setting
        @Option(names = "--no-file-events", description = "No events.")
        private boolean noFileEvents;

        @Setting
        @Option(names = "--force", description = "Duplicates too.")
        private boolean force;

        @Setting(max = 65535)
        @Option(names = "--port", defaultValue = "8080", description = "Port.")
        private int port;

        @Setting(max = 60)
        @Option(names = "--poll", defaultValue = "2", description = "Interval.")
        private Duration poll = Duration.ZERO;

        private Example(Map<String, String> environment) {
            this.settings = new Settings(environment);
        }
    }

    private static CommandLine line(Example example) {
        CommandLine line = new CommandLine(example);
        Settings.attachTo(line);
        return line;
    }

    private Path file(String content) throws IOException {
        return Files.writeString(temp.resolve("stage.properties"), content);
    }

    @Test
    void setting_comesFromTheFlagElseTheEnvironmentElseTheFileElseTheDefault() throws Exception {
        // Given
        Path file = file("drop=file\nport=1\nno-file-events=true\npoll=0.5\n");
        Example example =
                new Example(Map.of("DYNOAI_PORT", "2", "DYNOAI_DROP", "env", "DYNOAI_CONFIG", file.toString()));

        // When
        line(example).parseArgs("--drop", "flag");

        // Then
        assertThat(example.drop).isEqualTo(Path.of("flag"));
        assertThat(example.port).isEqualTo(2);
        assertThat(example.poll).isEqualTo(Duration.ofMillis(500));
        assertThat(example.noFileEvents).isTrue();
        assertThat(example.runs).isEqualTo(Path.of("runs"));
        assertThat(example.force).isFalse();
    }

    @Test
    void kafkaProperty_comesFromTheFlagElseTheEnvironmentElseTheFile() throws Exception {
        // Given
        Path file = file("kafka.security.protocol=SSL\nkafka.ssl.truststore.type=PEM\nkafka.client.id=file\n");
        Example example =
                new Example(Map.of("DYNOAI_KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "DYNOAI_KAFKA_CLIENT_ID", "x"));
        line(example).parseArgs("--config", file.toString());

        // When
        Map<String, String> kafka = example.settings.kafka(Map.of("client.id", "flag"));

        // Then
        assertThat(kafka)
                .isEqualTo(Map.of("client.id", "flag", "security.protocol", "SASL_SSL", "ssl.truststore.type", "PEM"));
    }

    @ParameterizedTest
    @CsvSource({
        "DYNOAI_PORT,http,port takes a whole number from 0 to 65535",
        "DYNOAI_PORT,65536,port takes a whole number from 0 to 65535",
        "DYNOAI_POLL,-1,poll takes a number from 0 to 60"
    })
    void numberOutOfBounds_isRejectedByName(String variable, String value, String message) {
        // Given
        CommandLine line = line(new Example(Map.of(variable, value)));

        // When
        ParameterException rejected = catchThrowableOfType(ParameterException.class, () -> line.parseArgs());

        // Then
        assertThat(rejected).hasMessageContaining(message).hasMessageContaining("'" + value + "'");
    }

    @Test
    void missingFile_isReportedAsFileNotFound() {
        // Given
        CommandLine line = line(new Example(Map.of()));

        // When
        ParameterException rejected =
                catchThrowableOfType(ParameterException.class, () -> line.parseArgs("--config", "missing.properties"));

        // Then
        assertThat(rejected).hasCauseInstanceOf(CommandException.class).hasMessageContaining("missing.properties");
    }

    @Test
    void help_showsDefaultBoundsAndVariable() {
        // When
        String help = line(new Example(Map.of())).getUsageMessage();

        // Then
        assertThat(help.replaceAll("\\s+", " "))
                .contains("Port. Default: 8080. From 0 to 65535. DYNOAI_PORT.")
                .contains("No events. DYNOAI_NO_FILE_EVENTS=true.");
    }
}
