package dynoai.app.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.ClientProperties;
import dynoai.app.CommandLineRun;
import dynoai.app.console.ExitCode;
import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Role;
import dynoai.schemas.access.ShopRegistry;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.stage.StageEvents;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class ShopCommandsTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    @TempDir
    private Path temp;

    private Path config;

    private CommandLineRun shops(String... arguments) {
        List<String> line = new ArrayList<>(List.of("shops"));
        line.addAll(List.of(arguments));
        line.add("--config=" + config);
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    @Test
    void tokens_areMadeRotatedAndRevoked_andARegistryFollows() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("broker"), 0)) {
            // Given
            Map<String, Object> client = broker.clientProperties();
            try (Admin admin = Admin.create(client)) {
                new TopicAdmin(admin, TopicLayout.ofEmbeddedBroker(), Namespace.DEFAULT).create();
            }
            config = ClientProperties.write(temp.resolve("client.properties"), client);
            Path audit = temp.resolve("audit.jsonl");
            try (ShopRegistry registry = ShopRegistry.start(
                    new KafkaClients(client, Namespace.DEFAULT), new StageEvents() {}, Clock.systemUTC())) {
                // When
                CommandLineRun added = shops("add", "north");
                String first = added.out().strip();
                await().atMost(MAX_WAIT).until(() -> registry.find(first).isPresent());
                Caller caller = registry.find(first).orElseThrow();
                CommandLineRun rotated = shops("rotate", "north", "--overlap", "2h", "--audit", audit.toString());
                String second = rotated.out().strip();
                await().atMost(MAX_WAIT).until(() -> registry.find(second).isPresent());
                boolean firstStays = registry.find(first).isPresent();
                CommandLineRun limited = shops("limits", "north", "--weight", "2", "--bytes-per-day", "1000");
                CommandLineRun operator = shops("add", "--roles", "operate", "--expires", "12h");
                CommandLineRun listed = shops("list");
                CommandLineRun json = shops("list", "--json");
                long before = System.currentTimeMillis() - 1;
                CommandLineRun revoked = shops("revoke", "--shop", "north", "--audit", audit.toString());
                await().atMost(MAX_WAIT)
                        .until(() -> registry.find(first).isEmpty()
                                && registry.find(second).isEmpty());
                CommandLineRun again = shops("revoke", "--shop", "north");
                CommandLineRun afterwards = shops("list");

                // Then
                assertThat(caller.shop()).isEqualTo("north");
                assertThat(caller.roles()).isEqualTo(Set.of(Role.DROP, Role.READ));
                assertThat(firstStays).isTrue();
                assertThat(registry.find(operator.out().strip()).orElseThrow().isOperator())
                        .isTrue();
                assertThat(registry.limits("north").weight()).isEqualTo(2);
                assertThat(limited.out()).isEqualTo("north: bytes_per_day=1000 weight=2\n");
                assertThat(listed.out())
                        .contains("north", caller.credential(), "drop,read", "valid    until", "operate");
                assertThat(json.out()).contains("\"bytes_per_day\": 1000");
                assertThat(revoked.out()).contains("revoked " + caller.credential() + " of north");
                assertThat(registry.certificatesRevokedUntil("north")).isGreaterThan(before);
                assertThat(registry.certificatesRevokedUntil("south")).isLessThan(0);
                assertThat(again.exitCode()).isEqualTo(ExitCode.SUCCESS);
                assertThat(again.err()).contains("no valid token");
                assertThat(afterwards.out()).contains("client certificates issued until");
                assertThat(added.err()).contains("\"act\":\"shops add\"", "\"shop\":\"north\"");
                assertThat(Files.readAllLines(audit)).hasSize(2);
                String shown = added.err() + listed.out() + listed.err() + json.out() + Files.readString(audit);
                assertThat(shown).doesNotContain(first.substring(17), second.substring(17));
            }
        }
    }

    @Test
    void kafka_thatIsNotGiven_isNamed() {
        // When
        CommandLineRun run = CommandLineRun.of("shops", "list");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(run.err()).contains("--bootstrap HOST:PORT");
    }
}
