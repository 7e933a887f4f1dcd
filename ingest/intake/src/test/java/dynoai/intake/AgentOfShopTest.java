package dynoai.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.agent.Agent;
import dynoai.agent.AgentEvents;
import dynoai.agent.AgentSettings;
import dynoai.agent.AgentStatus;
import dynoai.agent.http.IntakeAddress;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.intake.http.HttpLimits;
import dynoai.intake.tls.TestKeys;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent of a shop against a real intake, over loopback TLS. */
final class AgentOfShopTest {
    private static final int FIRST_PART = 256 << 10;
    private static final int ROWS = 60_000;
    private static final int BYTES = 15 + 11 * ROWS;

    private static TestKeys keys;

    @TempDir
    private Path folder;

    private final List<String> problems = new CopyOnWriteArrayList<>();
    private Path drop;
    private Path results;

    @BeforeAll
    static void makeKeys(@TempDir Path made) throws Exception {
        keys = new TestKeys(made).server("intake", "EC").server("other", "EC");
    }

    @BeforeEach
    void dropLog() throws Exception {
        drop = Files.createDirectories(folder.resolve("shop/drop/cell-1"));
        results = folder.resolve("shop/results");
        Files.writeString(drop.resolve("pull.csv"), IntakeFixture.LOG);
    }

    private IntakeFixture intake() throws Exception {
        return new IntakeFixture(
                folder.resolve("intake"),
                HttpLimits.DEFAULT,
                Optional.of(keys.files("intake")),
                HttpClient.newBuilder().sslContext(keys.client("intake")).build());
    }

    private Agent agent(IntakeFixture intake, String trusted) throws Exception {
        return agent(intake.address("/").toString(), Optional.of(keys.certificate(trusted)));
    }

    private Agent agent(String address, Optional<Path> authorities) throws Exception {
        Path data = folder.resolve("shop/data");
        Path token = Files.writeString(folder.resolve("token"), IntakeFixture.AGENT);
        FolderSettings settings = FolderSettings.of(folder.resolve("shop/drop"), new FolderStore(data.resolve("store")))
                .layout(DropLayout.CELLS)
                .settle(Duration.ofMillis(10))
                .poll(Duration.ofMillis(20))
                .takeExisting(true);
        AgentSettings.Timing timing =
                new AgentSettings.Timing(Duration.ofMillis(50), Duration.ofMillis(5), Duration.ofMillis(50));
        return Agent.start(
                new AgentSettings(
                        IntakeAddress.parse(address),
                        "dyno-pc",
                        token,
                        authorities,
                        settings,
                        data,
                        results,
                        0,
                        timing),
                new AgentEvents() {
                    @Override
                    public void disconnected(String why) {
                        problems.add(why);
                    }

                    @Override
                    public void transientFailure(String where, Exception cause) {
                        problems.add(where + ": " + cause);
                    }
                });
    }

    private void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(assertion);
    }

    private List<String> archived(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("shop/drop"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.resolve("shop/drop").relativize(file).toString())
                    .filter(name -> name.startsWith(kind) && name.endsWith("pull.csv"))
                    .toList();
        }
    }

    @Test
    void log_comesBackAsARunFolder() throws Exception {
        try (IntakeFixture intake = intake();
                Agent agent = agent(intake, "intake")) {
            // Given
            eventually(() -> assertThat(intake.accepted).as("%s", problems).hasSize(1));
            LogAccepted log = intake.accepted.get(0);
            // When
            intake.finish(log.run());
            // Then
            eventually(() -> assertThat(archived("done")).as("%s", problems).hasSize(1));
            Path run = results.resolve("cell-1").resolve(log.run().runId());
            assertThat(run.resolve("data.csv")).hasContent(IntakeFixture.LOG);
            assertThat(run.resolve("Table.csv")).exists();
            assertThat(run.resolve("manifest.json")).exists();
            assertThat(log.run().shop()).isEqualTo("shop-a");
            assertThat(log.cell()).isEqualTo("cell-1");
            eventually(() -> assertThat(intake.contacts).isNotEmpty());
            assertThat(agent.status().connected()).isTrue();
            assertThat(intake.bugs).isEmpty();
        }
    }

    @Test
    void rejectedLog_hasTheIntakesReason() throws Exception {
        try (IntakeFixture intake = intake();
                Agent agent = agent(intake, "intake")) {
            // Given
            eventually(() -> assertThat(intake.accepted).as("%s", problems).hasSize(1));
            // When
            intake.reject(intake.accepted.get(0).run());
            // Then
            eventually(() -> assertThat(archived("rejected")).as("%s", problems).hasSize(1));
            Path log = folder.resolve("shop/drop").resolve(archived("rejected").get(0));
            assertThat(log.resolveSibling("reason.json")).content().contains("no column of rpm");
            assertThat(agent.failure()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, FIRST_PART - 1, FIRST_PART, FIRST_PART + 1, BYTES - 1})
    void cutConnections_areContinued(int at) throws Exception {
        // Given
        Files.writeString(drop.resolve("pull.csv"), longLog());
        try (IntakeFixture intake = new IntakeFixture(folder.resolve("intake"));
                CuttingProxy proxy = new CuttingProxy(intake.intake.port())) {
            proxy.cutAt(at);
            // When
            try (Agent agent = agent("http://127.0.0.1:" + proxy.port(), Optional.empty())) {
                eventually(() -> assertThat(intake.accepted).as("%s", problems).hasSize(1));
                // Then
                assertThat(proxy.made()).isEqualTo(1);
                assertThat(intake.accepted.get(0).sizeBytes()).isEqualTo(BYTES);
                assertThat(intake.accepted.get(0).sha256()).isEqualTo(IntakeFixture.sha256(longLog()));
                assertThat(agent.failure()).isEmpty();
            }
        }
    }

    @Test
    void lostReplies_makeOneRun() throws Exception {
        // Given
        Files.writeString(drop.resolve("pull.csv"), longLog());
        try (IntakeFixture intake = new IntakeFixture(folder.resolve("intake"));
                CuttingProxy proxy = new CuttingProxy(intake.intake.port())) {
            proxy.loseReplies(3);
            // When
            try (Agent agent = agent("http://127.0.0.1:" + proxy.port(), Optional.empty())) {
                eventually(() -> assertThat(agent.status().logs())
                        .as("%s", problems)
                        .extracting(AgentStatus.Log::state)
                        .containsExactly("sent"));
                // Then
                assertThat(proxy.made()).isEqualTo(3);
                assertThat(intake.accepted)
                        .extracting(log -> log.run().runId())
                        .hasSameElementsAs(List.of(agent.status().logs().get(0).runId()));
                assertThat(intake.accepted.get(0).sha256()).isEqualTo(IntakeFixture.sha256(longLog()));
            }
        }
    }

    private static String longLog() {
        return "rpm,map,torque\n" + "3000,80,70\n".repeat(ROWS);
    }

    @Test
    void kafkaOfTheIntakeDown_delaysTheLog() throws Exception {
        try (IntakeFixture intake = intake()) {
            // Given
            intake.kafkaIsDown = true;
            try (Agent agent = agent(intake, "intake")) {
                eventually(() -> assertThat(problems).anyMatch(problem -> problem.contains("answers 503")));
                intake.kafkaIsDown = false;
                // When
                eventually(() -> assertThat(intake.accepted).as("%s", problems).hasSize(1));
                // Then
                assertThat(agent.failure()).isEmpty();
                assertThat(archived("rejected")).isEmpty();
            }
        }
    }

    @Test
    void otherAuthority_isNotTrusted() throws Exception {
        try (IntakeFixture intake = intake();
                Agent agent = agent(intake, "other")) {
            // When
            eventually(() -> assertThat(problems).isNotEmpty());
            // Then
            assertThat(problems.get(0)).startsWith("no secure connection to https://localhost:");
            assertThat(intake.accepted).isEmpty();
            assertThat(agent.status().connected()).isFalse();
        }
    }
}
