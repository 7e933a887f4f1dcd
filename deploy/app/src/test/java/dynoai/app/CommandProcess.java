package dynoai.app;

import static org.awaitility.Awaitility.await;

import dynoai.broker.ChildMain;
import dynoai.schemas.fault.CrashPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.OS;

/** A {@code dynoai} command, or a broker, in its own JVM without the {@code DYNOAI_} variables of this one. It ends with this JVM. */
public final class CommandProcess implements AutoCloseable {
    /** Exit code after {@link #interrupt}. */
    public static final int INTERRUPTED = 130;

    /** The class path of this build. */
    public static final String TODAY = System.getProperty("java.class.path");

    private static final int MAX_WAIT_SECONDS = 120;
    private static final Pattern PORT = Pattern.compile("(?m)^ready .*? on port (\\d+)");

    /** Children of a background job ignore SIGINT by default. */
    private static final List<String> ACCEPT_SIGINT =
            OS.LINUX.isCurrentOs() ? List.of("env", "--default-signal=INT") : List.of();

    private final Process process;
    private final Path out;
    private final Path err;
    private final long started = System.nanoTime();

    private CommandProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a command.
     *
     * @param before a program that starts the command, with its arguments; empty for none
     * @param line the arguments, separated by spaces
     */
    public static CommandProcess start(Path folder, List<String> before, String line) throws IOException {
        return start(folder, before, Map.of(), "dynoai.app.DynoAi", List.of(line.split(" ")));
    }

    public static CommandProcess start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(folder, List.of(), environment, "dynoai.app.DynoAi", List.of(arguments));
    }

    /**
     * Starts the whole pipeline.
     *
     * @param crashAt the point at which it kills itself
     */
    public static CommandProcess up(Path folder, Optional<String> crashAt, String... more) throws IOException {
        Map<String, String> environment =
                crashAt.map(point -> Map.of(CrashPoint.VARIABLE, point)).orElse(Map.of());
        return node(TODAY, folder, List.of(), environment, List.of("up", "--take-existing"), more);
    }

    /**
     * Starts the whole pipeline.
     *
     * @param before a program that starts it, with its arguments; empty for none
     */
    public static CommandProcess up(Path folder, List<String> before, String... more) throws IOException {
        return node(TODAY, folder, before, Map.of(), List.of("up", "--take-existing"), more);
    }

    /** Starts one stage on an external Kafka, with a data directory of its own. */
    public static CommandProcess stage(
            Path folder, String stage, String instance, Map<String, ?> client, Optional<String> crashAt)
            throws IOException {
        return stage(TODAY, folder, stage, instance, client, crashAt);
    }

    /** @param classPath of the build that has the stage */
    public static CommandProcess stage(
            String classPath,
            Path folder,
            String stage,
            String instance,
            Map<String, ?> client,
            Optional<String> crashAt)
            throws IOException {
        String line = stage + " --replication 1 --data data-" + instance;
        List<String> command = List.of((line + " --store store").split(" "));
        Map<String, String> environment = new HashMap<>(kafka(client));
        crashAt.ifPresent(point -> environment.put(CrashPoint.VARIABLE, point));
        String files = stage.equals("ingest") ? "--take-existing" : "--no-file-events";
        return node(classPath, folder, List.of(), environment, command, files);
    }

    /**
     * Starts a single broker.
     *
     * @param topics whether to create the topics
     */
    public static CommandProcess broker(Path folder, int port, boolean topics) throws IOException {
        List<String> arguments = List.of("data-broker", Integer.toString(port), Boolean.toString(topics));
        return start(folder, "dynoai.app.node.BrokerAlone", arguments);
    }

    /** Starts a main class of the tests. */
    public static CommandProcess start(Path folder, String mainClass, List<String> arguments) throws IOException {
        return start(folder, List.of(), Map.of(), mainClass, arguments);
    }

    /** Returns the variables that connect a command to a Kafka. */
    public static Map<String, String> kafka(Map<String, ?> client) {
        Map<String, String> variables = new HashMap<>();
        client.forEach((name, value) -> variables.put(
                name.equals("bootstrap.servers")
                        ? "DYNOAI_BOOTSTRAP"
                        : "DYNOAI_KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'),
                value.toString()));
        return variables;
    }

    private static CommandProcess node(
            String classPath,
            Path folder,
            List<String> before,
            Map<String, String> environment,
            List<String> command,
            String... more)
            throws IOException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--drop", "drop", "--settle", "0.2", "--poll", "0.2", "--port", "0"));
        arguments.addAll(List.of(more));
        return start(folder, classPath, before, environment, "dynoai.app.DynoAi", arguments);
    }

    /** Starts a command of another build of DynoAI. */
    public static CommandProcess startFrom(String classPath, Path folder, Map<String, String> environment, String line)
            throws IOException {
        return start(folder, classPath, List.of(), environment, "dynoai.app.DynoAi", List.of(line.split(" ")));
    }

    private static CommandProcess start(
            Path folder, List<String> before, Map<String, String> environment, String mainClass, List<String> arguments)
            throws IOException {
        return start(folder, TODAY, before, environment, mainClass, arguments);
    }

    private static CommandProcess start(
            Path folder,
            String classPath,
            List<String> before,
            Map<String, String> environment,
            String mainClass,
            List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(ACCEPT_SIGINT);
        command.addAll(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp"));
        command.addAll(List.of(
                classPath,
                "-D" + ChildMain.PARENT + "=" + ProcessHandle.current().pid(),
                ChildMain.class.getName(),
                mainClass));
        command.addAll(arguments);
        Path out = Files.createTempFile(folder, "out-", ".txt");
        Path err = Files.createTempFile(folder, "err-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DYNOAI_"));
        builder.environment().putAll(environment);
        return new CommandProcess(builder.start(), out, err);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Returns standard output. */
    public String printed() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    /** Returns standard error, then standard output. */
    public String said() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8) + printed();
    }

    /** Returns how many lines start with a text. */
    public long said(String beginning) throws IOException {
        return said().lines().filter(line -> line.startsWith(beginning)).count();
    }

    /** Waits until the command is ready, and returns an address on its port. */
    public String awaitReady() throws IOException {
        return "http://127.0.0.1:" + awaitPort(PORT);
    }

    /** Waits until the command prints its port, the first group of the pattern. */
    public int awaitPort(Pattern pattern) throws IOException {
        await().atMost(Duration.ofSeconds(MAX_WAIT_SECONDS)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + process.exitValue() + ":\n" + said());
            }
            return pattern.matcher(said()).find();
        });
        Matcher port = pattern.matcher(said());
        return port.find() ? Integer.parseInt(port.group(1)) : 0;
    }

    /** Waits for the end, and returns the exit code; 137 after a kill. */
    public int awaitEnd() throws Exception {
        return awaitEnd(MAX_WAIT_SECONDS);
    }

    public int awaitEnd(long seconds) throws Exception {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            printThreads();
            kill();
            throw new AssertionError("did not end within " + seconds + " s:\n" + said());
        }
        return process.exitValue();
    }

    private void printThreads() throws IOException, InterruptedException {
        signal("QUIT");
        await().atMost(Duration.ofSeconds(10)).until(() -> printed().contains("Heap"));
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Sends SIGINT, like Ctrl-C. */
    public void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    /** Sends SIGSTOP: the process does nothing until {@link #resume}. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Sends SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Sends SIGTERM. */
    public void stop() {
        process.destroy();
    }

    /** Sends SIGKILL, and waits for the end. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
