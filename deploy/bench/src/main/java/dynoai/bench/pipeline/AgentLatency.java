package dynoai.bench.pipeline;

import dynoai.bench.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures an agent: its start, and single logs from the last byte in its drop folder to the run folder among its results, through
 * {@code dynoai up --intake}.
 */
final class AgentLatency {
    private static final double SETTLE_SECONDS = 3;
    private static final double MAX_SECONDS = SETTLE_SECONDS + 3;
    private static final double MAX_READY_SECONDS = 0.3;
    private static final double HEAP_MEBIBYTES = 64;

    /** Logs before the first that counts, and of how many that count there is one. */
    private static final int MAX_WARM_UP = 3;

    private static final int WARM_UP_SHARE = 10;

    private static final long LOOK_MILLIS = 10;
    private static final long APART_MILLIS = 2_200;

    /** Logs arrive at any point between two scans. */
    private static final long LATER_MILLIS = 130;

    private static final int LATER = 6;
    private static final Pattern LIVE = Pattern.compile("Total +[0-9]+ +([0-9]+)");

    private final FleetProcesses fleet;
    private final DistinctLogs logs;
    private final FleetSize size;

    AgentLatency(FleetProcesses fleet, DistinctLogs logs, FleetSize size) {
        this.fleet = fleet;
        this.logs = logs;
        this.size = size;
    }

    void measure(PipelineReport report) throws IOException, InterruptedException {
        Node agent = fleet.agent("south");
        double launched = agent.awaitReady();
        double[] ready = starts(agent);
        double median = DropLatency.quantile(ready, 0.5);
        report.add(
                "agent ready, s: median; most of " + ready.length + "; the first time, by the launcher of a checkout",
                "%.2f; %.2f; %.2f",
                median,
                ready[ready.length - 1],
                launched);
        seconds(agent, Math.min(MAX_WARM_UP, size.returns() / WARM_UP_SHARE));
        double[] seconds = seconds(agent, size.returns());
        double p95 = DropLatency.quantile(seconds, 0.95);
        report.add(
                "from a log's last byte at the shop to its run folder there, s: median; 95 %; longest",
                "%.2f; %.2f; %.2f", DropLatency.quantile(seconds, 0.5), p95, seconds[seconds.length - 1]);
        double peak = agent.peakMebibytes();
        double resident = agent.residentMebibytes();
        double live = liveMebibytes(agent);
        report.add(
                "agent's memory after that, MiB: resident; at its peak; live objects in the heap",
                "%.0f; %.0f; %.1f",
                resident,
                peak,
                live);
        report.add(Target.atMost(
                "from a log's last byte at the shop to its run folder there, 95 % of " + seconds.length,
                p95,
                MAX_SECONDS,
                "s"));
        report.add(Target.atMost("agent ready", median, MAX_READY_SECONDS, "s"));
        report.add(Target.atMost("live objects in the agent's heap", live, HEAP_MEBIBYTES, "MiB"));
    }

    /** Starts agents as the launcher does, without the launcher. Returns the seconds, sorted. */
    private double[] starts(Node first) throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < size.starts(); i++) {
            Path place = Files.createDirectories(first.folder("starts").resolve(String.valueOf(i)));
            try (Node agent = fleet.agent(place, first.javaCommand())) {
                seconds.add(agent.awaitReady());
            }
        }
        return seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** Returns the seconds of some logs, sorted. The runs come back in the order of their logs, which arrive seconds apart. */
    private double[] seconds(Node agent, int some) throws IOException, InterruptedException {
        Path results = agent.folder("results");
        int before = count(results);
        List<Path> arriving = logs.make(some, size.rows());
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try {
            List<Long> returned = new CopyOnWriteArrayList<>();
            Future<?> watching = watch.scheduleWithFixedDelay(
                    () -> returned.addAll(
                            Collections.nCopies(count(results) - before - returned.size(), System.nanoTime())),
                    0,
                    LOOK_MILLIS,
                    TimeUnit.MILLISECONDS);
            List<Long> written = new ArrayList<>();
            for (Path log : arriving) {
                written.add(DropLatency.drop(
                        Files.readAllBytes(log),
                        agent.dropFolder().resolve(log.getFileName()),
                        DropLatency.Arrival.WRITTEN));
                TimeUnit.MILLISECONDS.sleep(APART_MILLIS + LATER_MILLIS * (written.size() % LATER));
            }
            StageProcesses.await(() -> returned.size() == some || watching.isDone());
            return IntStream.range(0, some)
                    .mapToDouble(i -> (returned.get(i) - written.get(i)) / 1e9)
                    .sorted()
                    .toArray();
        } finally {
            watch.shutdownNow();
        }
    }

    private static int count(Path folder) {
        try {
            return (int) runs(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts run folders, which appear by one rename. */
    static long runs(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(run -> !run.getFileName().toString().startsWith("."))
                    .count();
        }
    }

    /** Collects the garbage of an agent and returns what is left. */
    private static double liveMebibytes(Node agent) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process histogram = new ProcessBuilder(jcmd, String.valueOf(agent.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = LIVE.matcher(said);
        if (histogram.waitFor() != 0 || !total.find()) {
            throw new IOException("no histogram of the agent's heap: " + said);
        }
        return Long.parseLong(total.group(1)) / (double) (1 << 20);
    }
}
