package dynoai.broker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.OS;

/** A main class in its own JVM without the {@code DYNOAI_} variables of this one. It ends with this JVM. */
public class ChildProcess implements AutoCloseable {
    /** The class path of this build. */
    public static final String TODAY = System.getProperty("java.class.path");

    private static final int MAX_WAIT_SECONDS = 120;

    /** Children of a background job ignore SIGINT by default. */
    private static final List<String> ACCEPT_SIGINT =
            OS.LINUX.isCurrentOs() ? List.of("env", "--default-signal=INT") : List.of();

    private final Process process;
    private final Path out;
    private final Path err;
    private final long started = System.nanoTime();

    /**
     * Starts the process.
     *
     * @param folder working directory, which also gets the output
     * @param classPath of the build
     * @param before a program that starts the JVM, with its arguments; empty for none
     */
    protected ChildProcess(
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
        out = Files.createTempFile(folder, "out-", ".txt");
        err = Files.createTempFile(folder, "err-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DYNOAI_"));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Starts a main class of this build. */
    public static ChildProcess start(Path folder, String mainClass, List<String> arguments) throws IOException {
        return new ChildProcess(folder, TODAY, List.of(), Map.of(), mainClass, arguments);
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

    /** Waits until the process prints its port, the first group of the pattern. */
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
