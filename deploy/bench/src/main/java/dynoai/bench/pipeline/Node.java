package dynoai.bench.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code dynoai up}, or a stage alone, as a child process, observed through its output. */
final class Node implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 20;
    private static final String READY = "ready ";
    private static final String RUN = "run  ";
    private static final String BOOTSTRAP = "bootstrap.servers";

    /** An agent begins its lines with it. */
    private static final Pattern TIME = Pattern.compile("^[0-9-]+T[0-9:]+Z ");

    private final Path home;
    private final Process process;
    private final int port;
    private final List<Line> lines = new ArrayList<>();
    private final long startedNanos;
    private int waves;

    /** A line of output and when it was read. */
    record Line(long nanos, String text) {}

    private Node(Path home, Process process, int port, long startedNanos) {
        this.home = home;
        this.process = process;
        this.port = port;
        this.startedNanos = startedNanos;
    }

    /** @param root root of the repository, which holds the launcher */
    static Node start(Path root, Path home) throws IOException {
        return start(root, home, List.of("up", "--data", "data"), Map.of());
    }

    /** Starts {@code dynoai up} with more flags. */
    static Node start(Path root, Path home, List<String> flags) throws IOException {
        return start(root, home, joined(List.of("up", "--data", "data"), flags), Map.of());
    }

    /**
     * Starts one stage on an external Kafka. Stages in one folder share drop folder, store and run folders.
     *
     * @param flags of this stage alone
     */
    static Node start(Path root, Path home, String stage, Map<String, ?> client, String... flags) throws IOException {
        List<String> command = joined(
                List.of(stage, "--data", "data-" + stage, "--store", "store", "--replication", "1"), List.of(flags));
        return start(root, home, joined(command, bootstrap(client)), secret(client));
    }

    /** Returns the flags that reach a Kafka. */
    static List<String> bootstrap(Map<String, ?> client) {
        return List.of("--bootstrap", String.valueOf(client.get(BOOTSTRAP)));
    }

    /** Returns the environment with the secret of a Kafka. */
    static Map<String, String> secret(Map<String, ?> client) {
        Map<String, String> secret = new HashMap<>();
        client.forEach((name, value) -> {
            if (!name.equals(BOOTSTRAP)) {
                String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
                secret.put("DYNOAI_KAFKA_" + variable, value.toString());
            }
        });
        return secret;
    }

    private static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static Node start(Path root, Path home, List<String> command, Map<String, String> environment)
            throws IOException {
        int port = freePort();
        List<String> line = new ArrayList<>(List.of(root.resolve("dynoai").toString()));
        line.addAll(command);
        line.addAll(List.of("--drop", "drop", "--runs", "runs", "--port", String.valueOf(port)));
        return run(home, line, environment, port);
    }

    /** Starts a command that has no page. */
    static Node run(Path home, List<String> line) throws IOException {
        return run(home, line, Map.of(), 0);
    }

    private static Node run(Path home, List<String> line, Map<String, String> environment, int port)
            throws IOException {
        Files.createDirectories(home.resolve("drop"));
        long started = System.nanoTime();
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(home.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Node node = new Node(home, process, port, started);
        Thread reader = new Thread(node::read, "node-output");
        reader.setDaemon(true);
        reader.start();
        return node;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Returns the address of the dashboard. */
    URI address() {
        return URI.create("http://localhost:" + port);
    }

    private void read() {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String text = said.readLine(); text != null; text = said.readLine()) {
                synchronized (lines) {
                    lines.add(new Line(System.nanoTime(), TIME.matcher(text).replaceFirst("")));
                    lines.notifyAll();
                }
            }
        } catch (IOException ignored) {
            // The process has ended; the waiting methods detect that.
        }
        synchronized (lines) {
            lines.notifyAll();
        }
    }

    /** Returns the seconds from its start until it reported ready. */
    double awaitReady() throws InterruptedException {
        return (await(0, READY, 1).get(0).nanos - startedNanos) / 1e9;
    }

    /** The number of lines printed so far, as the starting point of a wait. */
    int mark() {
        synchronized (lines) {
            return lines.size();
        }
    }

    /** Waits until this many runs have ended since the mark; returns their lines. */
    List<Line> awaitRuns(int mark, int runs) throws InterruptedException {
        return await(mark, RUN, runs);
    }

    private List<Line> await(int mark, String start, int count) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        synchronized (lines) {
            while (true) {
                List<Line> found = lines.stream()
                        .skip(mark)
                        .filter(line -> line.text.startsWith(start))
                        .toList();
                if (found.size() >= count) {
                    return found;
                }
                if (!process.isAlive() || System.nanoTime() > until) {
                    throw new IllegalStateException(
                            "the node said '" + start.trim() + "' " + found.size() + " times, not " + count + ": "
                                    + lines.stream()
                                            .map(Line::text)
                                            .skip(Math.max(0, lines.size() - 5))
                                            .toList());
                }
                lines.wait(1000);
            }
        }
    }

    /**
     * Makes all logs of a folder visible in the drop folder at once, by links and a rename.
     *
     * @return the folder in the drop folder
     */
    Path drop(List<Path> logs) throws IOException {
        String name = "wave-" + waves++;
        Path hidden = Files.createDirectory(home.resolve("drop").resolve("." + name));
        for (Path log : logs) {
            Files.createLink(hidden.resolve(log.getFileName()), log);
        }
        return Files.move(hidden, home.resolve("drop").resolve(name));
    }

    /** Returns a folder in the working directory of the node. */
    Path folder(String name) {
        return home.resolve(name);
    }

    Path dropFolder() {
        return home.resolve("drop");
    }

    /** Returns the CPU seconds used by the node. */
    double cpuSeconds() {
        return process.toHandle()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /** Returns the peak resident memory in MiB. */
    double peakMebibytes() throws IOException {
        return mebibytes("VmHWM:");
    }

    /** Returns the resident memory in MiB. */
    double residentMebibytes() throws IOException {
        return mebibytes("VmRSS:");
    }

    private double mebibytes(String line) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                        .filter(each -> each.startsWith(line))
                        .mapToLong(each -> Long.parseLong(each.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow(() -> new IOException("the kernel does not tell " + line))
                / 1024.0;
    }

    /** Returns the process id. */
    long pid() {
        return process.pid();
    }

    /** Returns the command line into which the launcher has turned itself. */
    List<String> javaCommand() {
        ProcessHandle.Info info = process.toHandle().info();
        return joined(
                List.of(info.command().orElseThrow()), List.of(info.arguments().orElseThrow()));
    }

    /** Returns the bytes of files below a folder of the node whose path contains {@code part}. */
    long bytes(String folder, String part) throws IOException {
        return DiskUse.of(home.resolve(folder), part);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
