package dynoai.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandLineRun;
import dynoai.app.CommandProcess;
import dynoai.app.console.ExitCode;
import dynoai.broker.BrokerClient;
import dynoai.broker.TestTopics;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.fault.TimeLimit;
import dynoai.schemas.json.Json;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands around a node, as a person at a shell uses them. How soon Ctrl-C ends them is held to the figure by the nightly run
 * only; here to twelve times that, since a build's machine is busy.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class NodeCommandsTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(240);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);
    private static final byte[] UNKNOWN = HexFormat.of().parseHex("c3010102030405060709aabb");
    private static final String FINGERPRINT = "0907060504030201";
    private static final byte[] SCHEMA = "\"string\"".getBytes(StandardCharsets.UTF_8);
    private static final String SOON = "--settle=0.2 --poll=0.2";

    @TempDir
    private static Path home;

    private static CommandProcess up;

    @TempDir
    private Path temp;

    /** Starts a node on folders of its own choice, with a completed run and a rejected log of a shop. */
    @BeforeAll
    static void startNode() throws IOException {
        up = start(home, "up --drop some-drop --runs some-runs --port 0 --take-existing " + SOON);
        await().atMost(MAX_WAIT).until(() -> up.said().contains("ready "));
        Path shop = Files.createDirectories(home.resolve("some-drop/shop-a"));
        Files.write(
                shop.resolve("good.csv"),
                SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1), 3000));
        Files.writeString(shop.resolve("bad.csv"), "a,b\n1,2\n");
        await().atMost(MAX_WAIT).until(() -> count("shop-a", "done") == 1 && count("shop-a", "rejected") == 1);
    }

    @AfterAll
    static void stopNode() {
        up.close();
    }

    private static CommandProcess start(Path folder, String line) throws IOException {
        return CommandProcess.start(folder, List.of(), line);
    }

    private static CommandLineRun run(String line) {
        return run(home, line);
    }

    private static CommandLineRun run(Path folder, String line) {
        List<String> args = new ArrayList<>(List.of(line.split(" ")));
        args.add("--data=" + folder.resolve("data"));
        return CommandLineRun.of(args.toArray(String[]::new));
    }

    private static Map<?, ?> status(Path folder) throws IOException {
        CommandLineRun status = run(folder, "status --json");
        return (Map<?, ?>) Json.read(status.out().getBytes(StandardCharsets.UTF_8));
    }

    private static long count(String shop, String state) throws IOException {
        Map<?, ?> shops = (Map<?, ?>) status(home).get("shops");
        return shops.get(shop) instanceof Map<?, ?> states ? (Long) states.get(state) : 0;
    }

    /** Returns the id of a completed run of the shop. */
    private static String runId() throws IOException {
        try (Stream<Path> runs = Files.list(home.resolve("some-runs/shop-a"))) {
            return runs.map(run -> run.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Returns the id of the rejected log of the shop, empty if none is rejected. */
    private static String rejectedId() throws IOException {
        for (Object log : (List<?>) status(home).get("logs")) {
            Map<?, ?> one = (Map<?, ?>) log;
            if ("rejected".equals(one.get("state")) && "shop-a".equals(one.get("shop"))) {
                return (String) one.get("run_id");
            }
        }
        return "";
    }

    @Test
    void up_printsThePagesAddressAndThatItMadeTheDropFolder() throws Exception {
        // When
        String said = up.said();
        // Then
        assertThat(said).containsPattern("ready .*page http://127\\.0\\.0\\.1:\\d+/, ");
        assertThat(said).containsPattern("warning  \\S+some-drop: the drop folder did not exist and was made");
    }

    @Test
    void demo_usesTheRunningNode() throws Exception {
        // When
        CommandLineRun demo = run("demo --exit");
        // Then
        assertThat(demo.exitCode()).as(demo.err()).isZero();
        assertThat(demo.err()).contains("Using the node that runs as process " + up.pid());
        assertThat(demo.out())
                .contains("VE correction of lean-front", "page ", "http://127.0.0.1:", "rejected: MISSING_COLUMNS")
                .containsPattern("(?m)^ {6}4000( +[+-]\\d\\.\\d\\d){5}$")
                .containsPattern("lean-front-\\d+\\.csv +\\S+some-runs/demo-shop/");
        assertThat(count("demo-shop", "done")).isEqualTo(3);
        assertThat(count("demo-shop", "rejected")).isEqualTo(1);
    }

    @Test
    void status_showsTheRunningNodeAndItsShops() {
        // When
        CommandLineRun status = run("status");
        // Then
        assertThat(status.exitCode()).as(status.err()).isZero();
        assertThat(status.out()).contains("running: process " + up.pid(), "shop-a");
    }

    @Test
    void status_namesTheHealthPort() throws Exception {
        // When
        String health = String.valueOf(status(home).get("health"));
        // Then
        assertThat(run("status").out()).contains(", health on " + health);
        assertThat(up.said())
                .contains("health and metrics on port " + URI.create(health).getPort());
        try (var answer = URI.create(health + "health/ready").toURL().openStream()) {
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("ready");
        }
    }

    @Test
    void replayDead_sendsRecordsAgainOnceTheirSchemaIsPublished() throws Exception {
        Map<String, Object> client =
                new HashMap<>(BrokerClient.propertiesIn(home.resolve("data")).orElseThrow());
        try (TestTopics topics = new TestTopics(client)) {
            // Given
            CommandLineRun nothing = run("topics replay-dead");
            for (int number = 0; number < 3; number++) {
                topics.send(Topics.RUN_RESULTS.in(Namespace.DEFAULT), 0, "hostile/r" + number, UNKNOWN);
            }
            await().atMost(MAX_WAIT)
                    .until(() -> Long.valueOf(3).equals(status(home).get("dead_letters")));
            CommandLineRun unknown = run("topics replay-dead");
            topics.send(Topics.schemas(Namespace.DEFAULT), null, FINGERPRINT, SCHEMA);
            CommandLineRun ofOtherTopic = run("topics replay-dead --origin " + Topics.RUN_LOG.in(Namespace.DEFAULT));
            CommandLineRun dry = run("topics replay-dead --dry-run");
            CommandLineRun first = run("topics replay-dead --limit 1");
            // When
            CommandLineRun all = run("topics replay-dead");
            // Then
            assertThat(nothing.exitCode()).as(nothing.err()).isZero();
            assertThat(nothing.out()).isEqualTo("replayed: 0, remaining: 0\n");
            assertThat(unknown.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
            assertThat(unknown.out())
                    .contains(
                            Topics.RUN_RESULTS.in(Namespace.DEFAULT) + " partition 0 offset ",
                            "schema " + FINGERPRINT + " is not")
                    .endsWith("replayed: 0, remaining: 3\n");
            assertThat(ofOtherTopic.out()).isEqualTo("replayed: 0, remaining: 0\n");
            assertThat(dry.out())
                    .contains(" (hostile/r2): would be replayed")
                    .endsWith("would be replayed: 3, remaining: 0\n");
            assertThat(first.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
            assertThat(first.out()).endsWith("replayed: 1, remaining: 2\n");
            assertThat(all.exitCode()).as(all.err()).isZero();
            assertThat(all.out()).endsWith("replayed: 2, remaining: 0\n");
            await().atMost(MAX_WAIT)
                    .until(() -> Long.valueOf(0).equals(status(home).get("dead_letters")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "topics replay-dead --limit 0, 1, 'limit takes a whole number from 1'",
        "topics replay-dead, 2, 'no node with an embedded broker runs on the data directory'",
    })
    void replayDeadThatCannotStart_saysWhy(String line, int exitCode, String message) {
        // When
        CommandLineRun replay = run(temp, line);
        // Then
        assertThat(replay.exitCode()).isEqualTo(exitCode);
        assertThat(replay.err()).contains(message);
    }

    @Test
    void replay_makesARunWithTheChangedOptions() throws Exception {
        // Given
        String earlier = runId();
        // When
        CommandLineRun replay = run("replay " + earlier + " --clamp 12 --set smooth_passes=4");
        // Then
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        Path manifest =
                home.resolve("some-runs/shop-a").resolve(replay.out().trim()).resolve("manifest.json");
        await().atMost(MAX_WAIT).until(() -> Files.exists(manifest));
        assertThat(manifest).content().contains("\"clamp\": 12", "\"smooth_passes\": 4");
    }

    @ParameterizedTest
    @CsvSource({"--clamp 99, from 5 to 20", "--set clmap=9, unknown option 'clmap'"})
    void replayWithInvalidOptions_isRejected(String options, String message) throws Exception {
        // Given
        String earlier = runId();
        // When
        CommandLineRun replay = run("replay " + earlier + " " + options);
        // Then
        assertThat(replay.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(replay.err()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "requeue"})
    void unknownRun_isNotFound(String command) {
        // When
        CommandLineRun unknown = run(command + " no-such-run");
        // Then
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
    }

    @Test
    void requeuedLog_isRejectedAgain() throws Exception {
        // Given
        String rejected = rejectedId();
        // When
        CommandLineRun requeue = run("requeue " + rejected);
        // Then
        assertThat(requeue.exitCode()).as(requeue.err()).isZero();
        await().atMost(MAX_WAIT)
                .until(() -> count("shop-a", "rejected") == 1 && !rejectedId().equals(rejected));
    }

    @ParameterizedTest
    @CsvSource({
        "up --drop other-drop --port 0, 'is in use by process '",
        "up --drop some-drop --runs some-runs --data other-data --port 0, 'is already taken by process '",
    })
    void secondNodeOnTheSameFolders_namesTheFirst(String line, String message) throws Exception {
        // When
        CommandProcess second = start(home, line);
        // Then
        assertThat(second.awaitEnd()).isEqualTo(ExitCode.OTHER);
        assertThat(second.said()).contains(message + up.pid());
    }

    @Test
    void dataOfARunningNode_isNotReset() {
        // When
        CommandLineRun reset = run("data reset");
        // Then
        assertThat(reset.exitCode()).isNotZero();
        assertThat(reset.err()).contains("is in use by process " + up.pid());
    }

    @Test
    void stoppedNode_isNotFoundAndItsDataCanBeReset() throws Exception {
        // Given
        try (CommandProcess node = start(temp, "up --port 0 " + SOON)) {
            await().atMost(MAX_WAIT).until(() -> node.said().contains("ready "));
            // When
            node.stop();
            node.awaitEnd();
            // Then
            assertThat(status(temp).get("running")).isEqualTo(false);
            assertThat(run(temp, "data reset").exitCode()).isZero();
        }
    }

    @Test
    void demoInAnEmptyFolder_usesAnotherPortAndRunsUntilCtrlC() throws Exception {
        // Given
        try (ServerSocket other = new ServerSocket()) {
            takeDefaultPort(other);
            // When
            try (CommandProcess demo = start(temp, "demo " + SOON)) {
                await().atMost(MAX_WAIT).until(() -> demo.said().contains("Ctrl-C ends it"));
                // Then
                assertThat(demo.printed()).contains("VE correction of lean-front", "runs/demo-shop/", "page ");
                assertThat(demo.printed())
                        .doesNotContain("http://127.0.0.1:8080/")
                        .doesNotContain("\u001b");
                assertThat(demo.isAlive()).isTrue();
                long before = System.nanoTime();
                demo.stop();
                demo.awaitEnd();
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TimeLimit.timeFor(TIME_TO_STOP));
                assertThat(demo.said()).doesNotContain("dynoai:");
            }
        }
    }

    @Test
    void impossiblePort_isAnInvalidArgument() {
        // When
        CommandLineRun demo = run("demo --port 70000");
        // Then
        assertThat(demo.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(demo.err()).contains("port takes a whole number from 0 to 65535");
    }

    /** A port that is in use already serves as well. */
    private static void takeDefaultPort(ServerSocket socket) {
        try {
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
        } catch (IOException ignored) {
            // Another program uses the port, which is what the test needs.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "requeue x", "replay x"})
    void commandsWithoutADropFolder_reportFileNotFound(String command) {
        // Given
        String nowhere = " --drop=" + temp.resolve("nowhere");
        // When
        CommandLineRun run = run(temp, command + nowhere);
        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
        assertThat(run.err()).contains("there is no such drop folder");
    }

    @Test
    void upgradeWithoutData_isNotFound() {
        // When
        CommandLineRun upgrade = run(temp, "data upgrade");
        // Then
        assertThat(upgrade.exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
    }

    @Test
    void replicationOfZero_isAnInvalidArgument() {
        // When
        CommandLineRun check = run(temp, "topics check --replication 0 --bootstrap a:1");
        // Then
        assertThat(check.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }
}
