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

/** {@code dynoai up}, or a stage alone, as a child process, observed through its output. */
final class Node implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 20;
    private static final String READY = "ready ";
    private static final String RUN = "run  ";

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

    /** Starts one stage on an external Kafka. Stages in one folder share drop folder, store and run folders. */
    static Node start(Path root, Path home, String stage, Map<String, ?> client) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(stage, "--data", "data-" + stage, "--store", "store", "--replication", "1"));
        Map<String, String> secret = new HashMap<>();
        client.forEach((name, value) -> {
            if (name.equals("bootstrap.servers")) {
                command.addAll(List.of("--bootstrap", value.toString()));
            } else {
                String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
                secret.put("DYNOAI_KAFKA_" + variable, value.toString());
            }
        });
        return start(root, home, command, secret);
    }

    private static Node start(Path root, Path home, List<String> command, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(home.resolve("drop"));
        int port = freePort();
        long started = System.nanoTime();
        List<String> line = new ArrayList<>(List.of(root.resolve("dynoai").toString()));
        line.addAll(command);
        line.addAll(List.of("--drop", "drop", "--runs", "runs", "--port", String.valueOf(port)));
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

    private static int freePort() throws IOException {
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
                    lines.add(new Line(System.nanoTime(), text));
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
        for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("the kernel tells no peak");
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
