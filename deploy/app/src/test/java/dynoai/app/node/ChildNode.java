package dynoai.app.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code dynoai up} in a JVM of its own, which can be killed as hard as the system can. */
final class ChildNode {
    private final Process process;
    private final Path output;

    private ChildNode(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param crashAt the point at which it kills itself */
    static ChildNode up(Path home, Optional<String> crashAt, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dynoai.app.DynoAi",
                "up",
                "--drop",
                "drop",
                "--settle",
                "0.2",
                "--poll",
                "0.2",
                "--port",
                "0",
                "--take-existing"));
        command.addAll(List.of(more));
        Path output = Files.createTempFile(home, "node-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("DYNOAI_CRASH_AT");
        crashAt.ifPresent(point -> builder.environment().put("DYNOAI_CRASH_AT", point));
        return new ChildNode(builder.start(), output);
    }

    /** @return its exit code; 137 after a kill */
    int awaitEnd(long seconds) throws Exception {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the node did not end within " + seconds + " s; it said:\n" + said());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, as Ctrl-C ends it. */
    void stop() {
        process.destroy();
    }

    String said() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
