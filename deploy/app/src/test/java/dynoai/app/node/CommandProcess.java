package dynoai.app.node;

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

/** A command of DynoAI in a JVM of its own, with nothing of this one's environment that could tell it what to do. */
final class CommandProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern PORT = Pattern.compile("(?m)^ready .* on port (\\d+)");

    private final Process process;
    private final Path output;

    private CommandProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static CommandProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dynoai.app.DynoAi"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, arguments[0] + "-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DYNOAI_"));
        builder.environment().putAll(environment);
        return new CommandProcess(builder.start(), output);
    }

    /** @return its exit code */
    int awaitEnd() throws Exception {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("it did not end within " + PATIENCE + "; it said:\n" + said());
        }
        return process.exitValue();
    }

    /** Waits until it is ready. @return an address on its port */
    String awaitReady() {
        await().atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended with " + process.exitValue() + "; it said:\n" + said());
            }
            return PORT.matcher(said()).find();
        });
        try {
            Matcher port = PORT.matcher(said());
            return port.find() ? "http://127.0.0.1:" + port.group(1) : "";
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    /** SIGTERM. */
    void stop() {
        process.destroy();
    }

    String said() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** SIGKILL, if it still runs. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
