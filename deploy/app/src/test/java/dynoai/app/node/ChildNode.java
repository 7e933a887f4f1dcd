package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import dynoai.schemas.fault.CrashPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.OS;

/** {@code dynoai}, or a broker alone, in a JVM of its own, which can be killed as hard as the system can. */
final class ChildNode {
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp", classPath());

    /** Children of a background job ignore SIGINT by default. */
    private static final List<String> ACCEPT_SIGINT =
            OS.LINUX.isCurrentOs() ? List.of("env", "--default-signal=INT") : List.of();

    private static final String COMMAND_LINE = "dynoai.app.DynoAi";

    static final int INTERRUPTED = 130;

    private final Process process;
    private final Path output;
    private final long started = System.nanoTime();

    private ChildNode(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The whole pipeline. {@code crashAt} is the point at which it kills itself. */
    static ChildNode up(Path home, Optional<String> crashAt, String... more) throws IOException {
        return command(home, crashAt, List.of("up", "--take-existing"), more);
    }

    /** Starts one stage against an external Kafka, with a data directory of its own. */
    static ChildNode stage(Path home, String stage, String instance, String bootstrap, Optional<String> crashAt)
            throws IOException {
        List<String> command = List.of(
                stage,
                "--bootstrap",
                bootstrap,
                "--replication",
                "1",
                "--data",
                "data-" + instance,
                "--store",
                "store");
        return command(home, crashAt, command, stage.equals("ingest") ? "--take-existing" : "--no-file-events");
    }

    /** A broker alone, with topics for one broker. */
    static ChildNode broker(Path home, int port) throws IOException {
        return start(
                home, Optional.empty(), List.of(BrokerAlone.class.getName(), "data-broker", Integer.toString(port)));
    }

    private static ChildNode command(Path home, Optional<String> crashAt, List<String> command, String... more)
            throws IOException {
        List<String> whole = new ArrayList<>(List.of(COMMAND_LINE));
        whole.addAll(command);
        whole.addAll(List.of("--drop", "drop", "--settle", "0.2", "--poll", "0.2", "--port", "0"));
        whole.addAll(List.of(more));
        return start(home, crashAt, whole);
    }

    private static ChildNode start(Path home, Optional<String> crashAt, List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(ACCEPT_SIGINT);
        whole.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        whole.addAll(JVM);
        whole.addAll(command);
        Path output = Files.createTempFile(home, "node-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove(CrashPoint.VARIABLE);
        crashAt.ifPresent(point -> builder.environment().put(CrashPoint.VARIABLE, point));
        return new ChildNode(builder.start(), output);
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** @return its exit code; 137 after a kill */
    int awaitEnd(long seconds) throws Exception {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            sayWhereItIs();
            kill();
            throw new AssertionError("the node did not end within " + seconds + " s; it said:\n" + said());
        }
        return process.exitValue();
    }

    /** A thread dump into its output. */
    private void sayWhereItIs() throws IOException, InterruptedException {
        signal("QUIT");
        await().atMost(Duration.ofSeconds(10)).until(() -> said().contains("Heap"));
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM. */
    void stop() {
        process.destroy();
    }

    /** SIGINT, as Ctrl-C sends it; its exit code is then {@link #INTERRUPTED}. */
    void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** How many of its lines begin so. */
    long said(String beginning) throws IOException {
        return said().lines().filter(line -> line.startsWith(beginning)).count();
    }

    String said() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
