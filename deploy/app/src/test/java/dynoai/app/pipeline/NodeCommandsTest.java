package dynoai.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandLineRun;
import dynoai.app.CommandProcess;
import dynoai.app.console.ExitCode;
import dynoai.schemas.fault.TimeLimit;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands around a node, as a person at a shell uses them. How soon Ctrl-C ends them is held to the figure by the nightly run
 * only; here to three times that, since a build's machine is busy.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class NodeCommandsTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(90);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);
    private static final String SOON = "--settle=0.2 --poll=0.2";

    @TempDir
    Path temp;

    private CommandProcess start(String line) throws IOException {
        return CommandProcess.start(temp, List.of(), line);
    }

    private CommandLineRun run(String line) {
        List<String> args = new ArrayList<>(List.of(line.split(" ")));
        args.add("--data=" + temp.resolve("data"));
        return CommandLineRun.of(args.toArray(String[]::new));
    }

    private Map<?, ?> status() throws IOException {
        CommandLineRun status = run("status --json");
        assertThat(status.exitCode()).as(status.err()).isZero();
        return (Map<?, ?>) Json.read(status.out().getBytes(StandardCharsets.UTF_8));
    }

    private long count(String shop, String state) throws IOException {
        Map<?, ?> shops = (Map<?, ?>) status().get("shops");
        return shops.get(shop) instanceof Map<?, ?> states ? (Long) states.get(state) : 0;
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> runs = Files.list(temp.resolve("some-runs/demo-shop"))) {
            return runs.sorted().toList();
        }
    }

    @Test
    void nodeCommands_findTheRunningNodeAndItsFolders() throws Exception {
        // Given a node on folders of its own choice
        try (CommandProcess up = start("up --drop some-drop --runs some-runs --port 0 " + SOON)) {
            await().atMost(MAX_WAIT).until(() -> up.said().contains("ready "));
            // When, then: the demo uses it
            CommandLineRun demo = run("demo --exit");
            assertThat(demo.exitCode()).as(demo.err()).isZero();
            assertThat(demo.err()).contains("Using the node that runs as process " + up.pid());
            assertThat(demo.out())
                    .contains("VE correction of lean-front", "page ", "http://127.0.0.1:", "rejected: MISSING_COLUMNS")
                    .containsPattern("(?m)^ {6}4000( +[+-]\\d\\.\\d\\d){5}$")
                    .containsPattern("lean-front-\\d+\\.csv +\\S+some-runs/demo-shop/");
            // When, then: status shows it
            assertThat(run("status").out()).contains("running: process " + up.pid(), "demo-shop");
            assertThat(status().get("running")).isEqualTo(true);
            assertThat(count("demo-shop", "done")).isEqualTo(3);
            assertThat(count("demo-shop", "rejected")).isEqualTo(1);
            // When, then: a run is replayed with other options
            String earlier = runs().get(0).getFileName().toString();
            assertThat(run("replay " + earlier + " --clamp 99").err())
                    .contains("clamp")
                    .contains("from 5 to 20");
            assertThat(run("replay " + earlier + " --set clmap=9").err()).contains("unknown option 'clmap'");
            assertThat(run("replay no-such-run").exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
            CommandLineRun replay = run("replay " + earlier + " --clamp 12 --set smooth_passes=4");
            assertThat(replay.exitCode()).as(replay.err()).isZero();
            Path fresh =
                    temp.resolve("some-runs/demo-shop").resolve(replay.out().trim());
            await().atMost(MAX_WAIT).until(() -> Files.exists(fresh.resolve("manifest.json")));
            assertThat(fresh.resolve("manifest.json")).content().contains("\"clamp\": 12", "\"smooth_passes\": 4");
            // When, then: a rejected log is put back and refused again
            String rejected = rejected();
            assertThat(run("requeue no-such-run").exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
            assertThat(run("requeue " + rejected).exitCode()).isZero();
            await().atMost(MAX_WAIT)
                    .until(() ->
                            count("demo-shop", "rejected") == 1 && !rejected().equals(rejected));
            // When, then: a second node on the same data, and one on the same drop folder, name the first
            CommandProcess second = start("up --drop other-drop --port 0");
            assertThat(second.awaitEnd()).isEqualTo(ExitCode.OTHER);
            assertThat(second.said()).contains("is in use by process " + up.pid());
            CommandProcess third = start("up --drop some-drop --runs some-runs --data other-data --port 0");
            assertThat(third.awaitEnd()).isEqualTo(ExitCode.OTHER);
            assertThat(third.said()).contains("is already taken by process " + up.pid());
            assertThat(run("data reset").err()).contains("is in use by process " + up.pid());
            // When, then: it stops cleanly and is not found any more
            up.stop();
            up.awaitEnd();
            assertThat(status().get("running")).isEqualTo(false);
            assertThat(count("demo-shop", "done")).isEqualTo(4);
            assertThat(run("data reset").exitCode()).isZero();
        }
    }

    private String rejected() throws IOException {
        for (Object log : (List<?>) status().get("logs")) {
            Map<?, ?> one = (Map<?, ?>) log;
            if ("rejected".equals(one.get("state"))) {
                return (String) one.get("run_id");
            }
        }
        return "";
    }

    @Test
    void demoInAnEmptyFolder_usesAnotherPortAndRunsUntilCtrlC() throws Exception {
        // Given
        try (ServerSocket other = new ServerSocket()) {
            takeDefaultPort(other);
            // When
            try (CommandProcess demo = start("demo " + SOON)) {
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
        CommandLineRun refused = run("demo --port 70000");
        // Then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(refused.err()).contains("port takes a whole number from 0 to 65535");
    }

    /** A port that is in use already serves as well. */
    private static void takeDefaultPort(ServerSocket socket) {
        try {
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
        } catch (IOException taken) {
            assertThat(socket.isBound()).isFalse();
        }
    }

    @Test
    void commandsWithoutADropFolder_reportFileNotFound() {
        // Given
        String nowhere = " --drop=" + temp.resolve("nowhere");
        for (String command : List.of("status", "requeue x", "replay x")) {
            // When
            CommandLineRun run = run(command + nowhere);
            // Then
            assertThat(run.exitCode()).as(command).isEqualTo(ExitCode.FILE_NOT_FOUND);
            assertThat(run.err()).as(command).contains("there is no such drop folder");
        }
        assertThat(run("data upgrade").exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
        assertThat(run("topics check --replication 0 --bootstrap a:1").exitCode())
                .isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }
}
