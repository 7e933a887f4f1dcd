package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What must hold of docker-compose.yml wherever it runs. */
@Tag("container")
class ComposeFileTest {
    @Test
    void kafka_isTheVersionOfOurClients() throws Exception {
        assertThat(file()).contains("  image: apache/kafka:" + AppInfoParser.getVersion());
    }

    @Test
    void ports_arePublishedOnLoopbackOnly() throws Exception {
        List<String> ports = file().stream()
                .filter(line -> line.strip().startsWith("ports:"))
                .toList();
        assertThat(ports).hasSize(6).allMatch(line -> line.matches("    ports: \\[\"127\\.0\\.0\\.1:[^,]+\"]"));
    }

    @Test
    void token_isNotKnownToOthers() throws Exception {
        // When
        List<String> tokens =
                file().stream().filter(line -> line.contains("DYNOAI_TOKEN:")).toList();

        // Then
        assertThat(tokens).hasSize(2).allMatch(line -> line.contains("\"${DYNOAI_TOKEN:-}\""));
        assertThat(Files.readString(Programs.repository().resolve("deploy/docker/Dockerfile")))
                .contains("DYNOAI_TOKEN_FILE=/data/token");
    }

    private static List<String> file() throws IOException {
        return Files.readAllLines(Programs.repository().resolve("docker-compose.yml"));
    }
}
